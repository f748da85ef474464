export { measureText } from './measure-text.js';
export {
  detectPlantedInstructions,
  type PlantedInstruction,
} from './measures/planted-instruction.measure.js';
export { QaModule } from './qa.module.js';
export type { Finding, FindingKind, QaInput, QaReport, QaScores, SentenceSupport } from './report.js';
export { safetyFlags } from './safety-flags.js';
