import type { CitedText, Span } from '../../shared/index.js';
import { INSTRUCTION_PATTERNS } from '../lexicon/instruction-patterns.js';
import type { Finding } from '../report.js';
import { findingAt } from './finding.js';

export interface PlantedInstruction {
  /** Name of the pattern that found it. */
  readonly pattern: string;
  readonly span: Span;
}

/** Phrases by which a text addresses a model and not a reader (our list, after OWASP LLM01), without overlap. */
export function detectPlantedInstructions(text: string): PlantedInstruction[] {
  const found: PlantedInstruction[] = [];
  for (const { name, pattern } of INSTRUCTION_PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      found.push({ pattern: name, span: { start: match.index, end: match.index + match[0].length } });
    }
  }
  found.sort((a, b) => a.span.start - b.span.start);
  return found.filter((match, index) => match.span.start >= (found[index - 1]?.span.end ?? 0));
}

export function findPlantedInstructions(output: CitedText): Finding[] {
  return output.flatMap((sentence, index) =>
    detectPlantedInstructions(sentence.text).map(({ span }) =>
      findingAt('planted_instruction', index, sentence.text, span, 'the text gives orders to a model'),
    ),
  );
}
