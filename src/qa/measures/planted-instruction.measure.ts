import type { CitedText, Span } from '../../shared/index.js';
import { INSTRUCTION_MARKS, INSTRUCTION_PATTERNS } from '../lexicon/instruction-patterns.js';
import { EUROPEAN_INSTRUCTION_PATTERNS } from '../lexicon/instruction-patterns-european.js';
import {
  BEGINNING_LETTERS,
  type InstructionPattern,
  type InstructionSeverity,
} from '../lexicon/phrase-pattern.js';
import type { Finding } from '../report.js';
import { findingAt } from './finding.js';
import { findForeignRequests } from './foreign-request.js';
import { findHiddenText } from './hidden-text.js';
import { densestCues, hasCue } from './jailbreak-cues.js';
import { unmask } from './unmasked-text.js';

export type { InstructionSeverity } from '../lexicon/phrase-pattern.js';

export interface PlantedInstruction {
  /** Name of the pattern that found it. */
  readonly pattern: string;
  readonly severity: InstructionSeverity;
  readonly span: Span;
}

const WORD = /\p{L}+/gu;
const BY_BEGINNING = new Map<string, InstructionPattern[]>();
for (const pattern of [...INSTRUCTION_PATTERNS, ...EUROPEAN_INSTRUCTION_PATTERNS])
  for (const beginning of pattern.beginnings)
    BY_BEGINNING.set(beginning, [...(BY_BEGINNING.get(beginning) ?? []), pattern]);

/**
 * Phrases by which a text addresses a model and not a reader (our lists, after OWASP LLM01), in order and without
 * overlap. `certain` ones only, unless `least` is `suspected`: those may be an honest order, and whoever asks for them
 * must know that the text comes from outside.
 */
export function detectPlantedInstructions(
  text: string,
  least: InstructionSeverity = 'certain',
): PlantedInstruction[] {
  const seen = unmask(text);
  const found = findSeen(seen.text, least).map((each) => ({
    ...each,
    span: seen.toOriginal(each.span),
  }));
  found.push(...findHidden(text, least));
  const certain = withoutOverlap(found.filter(({ severity }) => severity === 'certain'));
  const others = found.filter(
    ({ severity, span }) =>
      severity !== 'certain' &&
      !certain.some((each) => each.span.start < span.end && span.start < each.span.end),
  );
  return withoutOverlap([...certain, ...others]);
}

function withoutOverlap(found: readonly PlantedInstruction[]): PlantedInstruction[] {
  const kept: PlantedInstruction[] = [];
  for (const each of [...found].sort((a, b) => a.span.start - b.span.start)) {
    if (each.span.start >= (kept.at(-1)?.span.end ?? 0)) kept.push(each);
  }
  return kept;
}

function findSeen(text: string, least: InstructionSeverity): PlantedInstruction[] {
  const found = [...findPhrases(text, least), ...findMarks(text, least)];
  // Without an order to take a role it cannot be certain, and looking for all the other cues costs most of the time.
  const jailbreak = least === 'suspected' || hasCue(text, 'role') ? findJailbreak(text) : null;
  if (jailbreak && isWanted(jailbreak, least)) found.push(jailbreak);
  if (least === 'suspected')
    for (const { kind, span } of findForeignRequests(text))
      found.push({ pattern: kind, severity: 'suspected', span });
  return found;
}

function isWanted({ severity }: { severity: InstructionSeverity }, least: InstructionSeverity): boolean {
  return severity === 'certain' || least === 'suspected';
}

function* findPhrases(text: string, least: InstructionSeverity): Generator<PlantedInstruction> {
  for (const { index: start, 0: word } of text.matchAll(WORD)) {
    const candidates = BY_BEGINNING.get(word.slice(0, BEGINNING_LETTERS).toLowerCase());
    for (const candidate of candidates ?? []) {
      if (!isWanted(candidate, least)) continue;
      const { name, severity, pattern } = candidate;
      pattern.lastIndex = start;
      if (pattern.test(text)) yield { pattern: name, severity, span: { start, end: pattern.lastIndex } };
    }
  }
}

function* findMarks(text: string, least: InstructionSeverity): Generator<PlantedInstruction> {
  for (const mark of INSTRUCTION_MARKS) {
    if (!isWanted(mark, least)) continue;
    for (const match of text.matchAll(mark.pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      yield { pattern: mark.name, severity: mark.severity, span };
    }
  }
}

/** Cues of many kinds in one place; an order to take a role, of which articles about models hold none, makes it certain. */
function findJailbreak(text: string): PlantedInstruction | null {
  const cluster = densestCues(text);
  if (!cluster) return null;
  const { counts, span } = cluster;
  const insists = Math.max(counts.get('freed_from_rules') ?? 0, counts.get('no_refusal') ?? 0) >= 2;
  if (counts.size < 3 || (counts.size === 3 && !insists)) return null;
  const isCertain = counts.size >= 4 && counts.has('role') && insists;
  return { pattern: 'jailbreak', severity: isCertain ? 'certain' : 'suspected', span };
}

function findHidden(text: string, least: InstructionSeverity): PlantedInstruction[] {
  return [...findHiddenText(text)].flatMap(({ place, span, says }) => {
    const orders = says !== '' && findSeen(says.trim(), 'suspected').length > 0;
    const severity: InstructionSeverity = orders || place === 'tag_characters' ? 'certain' : 'suspected';
    return severity === 'certain' || (least === 'suspected' && place !== 'markup')
      ? [{ pattern: place, severity, span }]
      : [];
  });
}

export function findPlantedInstructions(output: CitedText): Finding[] {
  return output.flatMap((sentence, index) =>
    detectPlantedInstructions(sentence.text).map(({ span }) =>
      findingAt('planted_instruction', index, sentence.text, span, 'the text gives orders to a model'),
    ),
  );
}
