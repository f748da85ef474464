export { AnalysisMemo } from './analysis/analysis-memo.js';
export { type Language, languageOf } from './analysis/language.js';
export { CHECK_LIMITS } from './check.schema.js';
export { measureText } from './measure-text.js';
export { supportOfWhole } from './measures/grounding.measure.js';
export {
  detectPersonalData,
  type PersonalDataType,
  type PersonalDatum,
} from './measures/personal-data.measure.js';
export {
  detectPlantedInstructions,
  type InstructionSeverity,
  type PlantedInstruction,
} from './measures/planted-instruction.measure.js';
export { QaModule } from './qa.module.js';
export type {
  Condensation,
  Finding,
  FindingKind,
  MannerFault,
  QaInput,
  QaReport,
  QaScores,
  SentenceSupport,
  SupportSpan,
} from './report.js';
export { safetyFlags } from './safety-flags.js';
export type { CheckedFault, CheckedFinding, CheckedSentence, TextCheck } from './text-check-answer.js';
export {
  describeVoice,
  emptyProfile,
  MIN_PROFILE_WORDS,
  mergeProfiles,
  type OwnVoice,
  ownVoice,
  profileOf,
  VOICE_REGISTERS,
  VOICE_VERSION,
  type VoiceHabits,
  type VoiceProfile,
  type VoiceRegister,
} from './voice/index.js';
