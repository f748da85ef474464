import { detectContacts, detectSensitive } from '../shared/index.js';
import { detectPlantedInstructions } from './measures/planted-instruction.measure.js';

/**
 * What a person should know before a text is passed on, each flag once: `email`, `phone_number`, the types of
 * `detectSensitive` (e.g. `payment_card`), `planted_instruction`. Empty for a harmless text.
 */
export function safetyFlags(text: string): string[] {
  const flags = new Set<string>();
  for (const { type } of detectContacts(text)) flags.add(type);
  for (const { type } of detectSensitive(text)) flags.add(type);
  if (detectPlantedInstructions(text).length > 0) flags.add('planted_instruction');
  return [...flags].sort();
}
