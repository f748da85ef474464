import { detectContacts, detectSensitive } from '../shared/index.js';
import {
  detectPlantedInstructions,
  type InstructionSeverity,
} from './measures/planted-instruction.measure.js';

/**
 * What a person should know before a text is passed on, each flag once: the types of `detectContacts` (e.g. `email`)
 * and of `detectSensitive` (e.g. `payment_card`), `planted_instruction`, and where `least` is `suspected` also
 * `suspected_instruction`. Empty for a harmless text.
 */
export function safetyFlags(text: string, least: InstructionSeverity = 'certain'): string[] {
  const flags = new Set<string>();
  for (const { type } of detectContacts(text)) flags.add(type);
  for (const { type } of detectSensitive(text)) flags.add(type);
  for (const { severity } of detectPlantedInstructions(text, least))
    flags.add(severity === 'certain' ? 'planted_instruction' : 'suspected_instruction');
  return [...flags].sort();
}
