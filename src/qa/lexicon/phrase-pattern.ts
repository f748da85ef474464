/** How sure a finding is: `certain` is no way to speak to a reader, `suspected` may be honest where a person wrote it. */
export type InstructionSeverity = 'certain' | 'suspected';

/** A phrase by which a text addresses a model. Gaps are bounded, so that matching stays linear in the text. */
export interface InstructionPattern {
  readonly name: string;
  readonly severity: InstructionSeverity;
  /** The first three letters, in lower case, of each word it can begin with. */
  readonly beginnings: ReadonlySet<string>;
  /** Sticky: it is tried where a word begins, and nowhere else. */
  readonly pattern: RegExp;
}

export const BEGINNING_LETTERS = 3;

/** An order begins a clause; "he chose to ignore the earlier rules" tells, it does not order. */
const ORDER =
  '(?<=(?:^|[.!?:;,\\n"\'“‘(\\[*>-]\\s{0,3}|(?<![\\p{L}\\p{N}])(?:please|now|then|and|must|should|but|just|also|simply|instead|bitte|jetzt|nun|und|dann)\\s{1,3}))';
const words = (most: string) => `(?:[\\p{L}\\p{N}'’-]{1,20}[\\s,]{1,3}){0,${most}}?`;
const gap = (most: string) => `(?:[\\s,]{1,3}[\\p{L}\\p{N}'’-]{1,20}){0,${most}}?[\\s,]{1,3}`;

/**
 * A phrase as an expression without case: a space is white space or a comma, `<3>` up to three words, `^` at the
 * beginning the beginning of a clause. All else is the usual notation of expressions. It must begin with a word, or
 * with a group of words.
 */
function phrase(source: string): RegExp {
  const body = source
    .replace(/^\^/u, '')
    .replace(/ <(\d)> /gu, (_all, most: string) => gap(most))
    .replace(/<(\d)> /gu, (_all, most: string) => words(most))
    .replaceAll(' ', '[\\s,]{1,3}');
  return new RegExp(source.startsWith('^') ? ORDER + body : `(?<![\\p{L}\\p{N}])${body}`, 'iuy');
}

/** The beginnings of a phrase's first words; throws where it cannot say them for sure. */
export function beginningsOf(source: string): Set<string> {
  const body = source.replace(/^\^/u, '').replace(/^\(\?<[=!].*?\}\)/u, '');
  return new Set(alternativesOf(body).map((alternative) => beginningOf(alternative, source)));
}

/** The alternatives of the group at the beginning, without what inner groups divide. */
function alternativesOf(body: string): string[] {
  if (!body.startsWith('(?:')) return [body];
  const alternatives: string[] = [''];
  let depth = 0;
  for (let at = 3; at < body.length; at++) {
    const character = body[at]!;
    if (character === '(') depth++;
    if (character === ')' && depth-- === 0)
      return /^[?\p{L}{]/u.test(body.slice(at + 1)) ? [''] : alternatives;
    if (character === '|' && depth === 0) alternatives.push('');
    else alternatives[alternatives.length - 1] += character;
  }
  return [''];
}

function beginningOf(alternative: string, source: string): string {
  const letters = /^\p{L}*/u.exec(alternative)![0];
  const next = alternative[letters.length] ?? ' ';
  const sure = /[?*{]/u.test(next) ? letters.slice(0, -1) : letters;
  const isWhole = sure === letters && /[ ,)(\\'’-]/u.test(next) && sure !== '';
  if (sure.length < BEGINNING_LETTERS && !isWhole)
    throw new TypeError(`a phrase must begin with a word: ${source}`);
  return sure.slice(0, BEGINNING_LETTERS).toLowerCase();
}

function patterns(
  name: string,
  severity: InstructionSeverity,
  sources: readonly string[],
): InstructionPattern[] {
  return sources.map((source) => ({
    name,
    severity,
    beginnings: beginningsOf(source),
    pattern: phrase(source),
  }));
}

export function certain(name: string, ...sources: readonly string[]): InstructionPattern[] {
  return patterns(name, 'certain', sources);
}

export function suspected(name: string, ...sources: readonly string[]): InstructionPattern[] {
  return patterns(name, 'suspected', sources);
}
