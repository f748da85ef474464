import type { CheckedFault, TextCheck } from '../../qa/index.js';
import type { Span } from '../../shared/index.js';
import { type NamedText, placeOf, type TextPart } from '../texts.js';

/** A check with the texts it speaks of. */
export interface ShownCheck {
  readonly check: TextCheck;
  readonly text: NamedText;
  readonly sources: readonly TextPart[];
  readonly input: NamedText | null;
  readonly tone: string;
  readonly style: string | null;
}

interface Line {
  readonly span: Span;
  readonly says: string;
}

const MAX_SHOWN_CHARS = 100;
const LANGUAGES = { en: 'English', other: 'not English', unknown: 'language unknown' } as const;
const NO_VOICE = {
  too_little_text: 'too little text to tell',
  too_little_profile: 'too little own text to compare with',
  not_english: 'not English',
} as const;
/** Said of a sentence as a whole, in the last part. */
const UNSUPPORTED = ['ungrounded', 'unattributed'];

/** A check for people: each score with what it means, what was found and where, and what nothing supports. */
export function checkAsText(shown: ShownCheck): string {
  const { check, text } = shown;
  const found = foundLines(shown);
  const unsupported = unsupportedLines(shown);
  const at = ({ span, says }: Line) => `${text.name}:${placeOf(text.text, span.start)} ${says}`;
  return [
    `${text.name}: ${LANGUAGES[check.language]}, ${count(check.sentences.length, 'sentence')}`,
    ...scoreLines(shown),
    '',
    ...(found.length === 0 ? ['Nothing to mend found.'] : [`Found (${found.length})`, ...found.map(at)]),
    ...(unsupported.length === 0
      ? []
      : ['', `Without support (${unsupported.length})`, ...unsupported.map(at)]),
    '',
  ].join('\n');
}

function scoreLines({ check, tone, style, input, sources }: ShownCheck): string[] {
  const { scores, readability, politeness } = check;
  const rows: [string, number | null, string][] = [
    ['qa', scores.qa, 'the lowest of grounding, tone, style and diversity'],
    ['grounding', scores.grounding, sources.length > 0 ? 'how far the sources support it' : 'give --sources'],
    ['coverage', scores.coverage, 'how much of the prompt it speaks of (--prompt)'],
    ['tone', scores.tone, `how well it suits the tone ${tone}`],
    ['style', scores.style, style === null ? 'give --style' : `how well it suits the style ${style}`],
    ['diversity', scores.diversity, 'how little it repeats itself'],
    ['voice', scores.voice, voiceSays(check.voice)],
    ['politeness', politeness, 'of a request; 0.50 is neither polite nor rude'],
  ];
  const lines = rows.map(([name, value, says]) => `  ${name.padEnd(11)}${figure(value)}  ${says}`);
  if (readability) {
    const { grade, flesch_reading_ease: ease } = readability;
    lines.push(
      `  ${'reading'.padEnd(11)}${grade.toFixed(1).padEnd(4)}  school grade; Flesch reading ease ${ease.toFixed(0)}`,
    );
  }
  return input === null ? lines : [...lines, keptLine(check, input)];
}

function voiceSays(voice: TextCheck['voice']): string {
  if (voice === null) return 'give --voice';
  const { score, low, high, words, sample_words: own, reason } = voice;
  if (score === null) return `${NO_VOICE[reason!]} (${words} words, ${own} own words)`;
  return `share of own pieces less like the author; 90 % sure: ${figure(low)} to ${figure(high)}`;
}

function keptLine({ condensation }: TextCheck, input: NamedText): string {
  const { concepts_kept: kept, compression, dropped } = condensation!;
  const places = dropped.map(({ start }) => placeOf(input.text, start));
  const where =
    places.length === 0
      ? ''
      : `: ${input.name}:${places.slice(0, 10).join(', ')}${places.length > 10 ? ', …' : ''}`;
  return `  ${'kept'.padEnd(11)}${figure(kept)}  of the input's concepts, in ${percent(compression)} of its words; ${count(dropped.length, 'sentence')} dropped${where}`;
}

function foundLines(shown: ShownCheck): Line[] {
  const { check } = shown;
  const secrets = secretsOf(check);
  const lines: Line[] = [
    ...check.findings
      .filter(({ kind }) => kind !== 'planted_instruction' && !UNSUPPORTED.includes(kind))
      // What is told as a secret is not told again as a number that no source holds.
      .filter(({ kind, span }) => kind !== 'invented' || !touches(span, secrets))
      .map(({ kind, span, evidence, message }) => ({
        span,
        says: `${kind}: ${message}: ${quoted(evidence)}`,
      })),
    ...check.manner.flatMap((fault) => faultLines(fault, shown)),
    ...check.planted_instructions.map(({ pattern, severity, span }) => ({
      span,
      says: `planted_instruction: ${pattern.replaceAll('_', ' ')} (${severity}): ${quotedFrom(shown, span)}`,
    })),
    ...contactsOf(check).map(({ type, span }) => ({ span, says: `personal_data: ${type}` })),
  ];
  return lines.sort((one, other) => one.span.start - other.span.start);
}

/** Personal data that no finding speaks of already. */
function contactsOf(check: TextCheck): TextCheck['personal_data'] {
  const secrets = secretsOf(check);
  return check.personal_data.filter(({ span }) => !touches(span, secrets));
}

function secretsOf({ findings }: TextCheck): readonly Span[] {
  return findings.filter(({ kind }) => kind === 'sensitive').map(({ span }) => span);
}

function touches(span: Span, others: readonly Span[]): boolean {
  return others.some(({ start, end }) => span.start < end && start < span.end);
}

function faultLines({ rule, of, value, tolerance, unit, places }: CheckedFault, shown: ShownCheck): Line[] {
  const says = `${of}: ${rule}, ${rounded(value)} ${unit} where ${rounded(tolerance)} suits`;
  if (places.length === 0) return [{ span: { start: 0, end: 0 }, says }];
  return places.map(({ span, fix }) => {
    const words = quotedFrom(shown, span);
    return { span, says: `${says}: ${words}${fix === null ? '' : ` → ${quoted(fix)}`}` };
  });
}

function unsupportedLines(shown: ShownCheck): Line[] {
  const { check, sources } = shown;
  const places = new Set(
    check.findings.filter(({ kind }) => UNSUPPORTED.includes(kind)).map(({ span }) => span.start),
  );
  return check.sentences
    .filter(({ span }) => places.has(span.start))
    .map(({ span, grounding, sources: [nearest] }) => {
      const part = nearest && sources[nearest.source];
      const near = part
        ? `, nearest ${part.of.name}:${placeOf(part.of.text, part.start + nearest.start)}`
        : '';
      const words = quotedFrom(shown, span);
      return { span, says: `${percent(grounding ?? 0)} supported${near}: ${words}` };
    });
}

/** The words at a place, with the mask of each secret that reaches into it. */
function quotedFrom({ check, text }: ShownCheck, { start, end }: Span): string {
  let words = '';
  let from = start;
  for (const { kind, span, evidence } of check.findings) {
    if (kind !== 'sensitive' || span.end <= from || span.start >= end) continue;
    words += text.text.slice(from, Math.max(from, span.start)) + evidence;
    from = span.end;
  }
  return quoted(words + text.text.slice(from, Math.max(from, end)));
}

/** Words of a text, fit for a terminal: one line, and no sequence that could steer it. */
function quoted(words: string): string {
  const line = words
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);
  const signs = [...line];
  return `“${signs.length > MAX_SHOWN_CHARS ? `${signs.slice(0, MAX_SHOWN_CHARS).join('')}…` : line}”`;
}

function figure(value: number | null): string {
  return value === null ? '-   ' : value.toFixed(2);
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
