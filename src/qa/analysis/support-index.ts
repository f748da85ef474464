import type { Token } from './tokens.js';

/** Apart from one another by more than any distance within a sentence. */
const SENTENCE_GAP = 10_000;
/** A key that occurs more often than this says little about where it stands. */
const MAX_POSITIONS = 200;
const MIN_PREFIX_CHARS = 5;
const MAX_ACRONYM_CHARS = 5;

/** What one source says, made ready for the question whether a sentence can be taken from it. */
export class SupportIndex {
  private readonly positions = new Map<string, number[]>();
  private readonly sentences = new Map<string, number[]>();
  private readonly runs = new Set<string>();
  private readonly prefixes = new Set<string>();
  private readonly acronyms = new Set<string>();
  private readonly initials = new Set<string>();

  constructor(sentences: readonly (readonly Token[])[]) {
    let position = 0;
    for (const [index, tokens] of sentences.entries()) {
      for (const token of tokens) {
        this.addPosition(token.key, position++);
        this.addSentence(token.key, index);
      }
      this.addRuns(tokens);
      this.addInitials(tokens);
      position += SENTENCE_GAP;
    }
    for (const key of this.positions.keys()) {
      if (key.length >= MIN_PREFIX_CHARS) this.prefixes.add(key.slice(0, MIN_PREFIX_CHARS));
    }
  }

  has(key: string): boolean {
    return this.positions.has(key);
  }

  /** The places of the first sentences that hold a key, in order. */
  sentencesWith(key: string): readonly number[] {
    return this.sentences.get(key) ?? [];
  }

  /** Whether another form of the same word occurs, as far as its beginning tells. */
  hasRelative(key: string): boolean {
    return key.length >= MIN_PREFIX_CHARS && this.prefixes.has(key.slice(0, MIN_PREFIX_CHARS));
  }

  /** Whether two or three neighbouring tokens stand so, next to each other. */
  hasRun(run: string): boolean {
    return this.runs.has(run);
  }

  /** Whether a capitalised short form is made of the initials of neighbouring words. */
  spellsOut(token: Token): boolean {
    return isAcronym(token.raw) && this.initials.has(token.raw.toLowerCase());
  }

  /** Whether words with these initials are written as a short form. */
  abbreviates(initials: string): boolean {
    return this.acronyms.has(initials);
  }

  /** Whether two keys stand within `distance` words of each other in one sentence. */
  standClose(one: string, other: string, distance: number): boolean {
    const left = this.positions.get(one) ?? [];
    const right = this.positions.get(other) ?? [];
    for (let i = 0, j = 0; i < left.length && j < right.length; ) {
      const apart = left[i]! - right[j]!;
      if (apart !== 0 && Math.abs(apart) <= distance) return true;
      if (apart < 0) i++;
      else j++;
    }
    return false;
  }

  private addPosition(key: string, position: number): void {
    const known = this.positions.get(key);
    if (known === undefined) this.positions.set(key, [position]);
    else if (known.length < MAX_POSITIONS) known.push(position);
  }

  private addSentence(key: string, index: number): void {
    const known = this.sentences.get(key);
    if (known === undefined) this.sentences.set(key, [index]);
    else if (known.at(-1) !== index && known.length < MAX_POSITIONS) known.push(index);
  }

  private addRuns(tokens: readonly Token[]): void {
    for (let i = 1; i < tokens.length; i++) {
      const pair = `${tokens[i - 1]!.key} ${tokens[i]!.key}`;
      this.runs.add(pair);
      if (i > 1) this.runs.add(`${tokens[i - 2]!.key} ${pair}`);
    }
  }

  private addInitials(tokens: readonly Token[]): void {
    for (const { raw } of tokens) if (isAcronym(raw)) this.acronyms.add(raw.toLowerCase());
    for (const initials of initialsOf(tokens)) this.initials.add(initials.letters);
  }
}

/** The initials of every two to five neighbouring capitalised words, with the place of the first. */
export function initialsOf(tokens: readonly Token[]): { letters: string; from: number }[] {
  const found: { letters: string; from: number }[] = [];
  for (let from = 0; from < tokens.length; from++) {
    let letters = '';
    for (let i = from; i < Math.min(tokens.length, from + MAX_ACRONYM_CHARS); i++) {
      if (!/^\p{Lu}/u.test(tokens[i]!.raw)) break;
      letters += tokens[i]!.raw[0]!.toLowerCase();
      if (letters.length > 1) found.push({ letters, from });
    }
  }
  return found;
}

function isAcronym(raw: string): boolean {
  return /^\p{Lu}{2,5}$/u.test(raw);
}
