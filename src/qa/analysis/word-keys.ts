import { stemOf } from '../../shared/index.js';
import { NUMBER_WORDS } from '../lexicon/connectors.js';
import { ORDINALS } from '../lexicon/fact-words.js';
import { ANTONYMS, IRREGULAR_FORMS, SYNONYMS } from '../lexicon/word-forms.js';

const ROOTS = new Map<string, string>();
for (const group of IRREGULAR_FORMS) for (const form of group) ROOTS.set(stemOf(form), stemOf(group[0]!));

const rootOf = (stem: string): string => ROOTS.get(stem) ?? stem;

const SENSES = new Map<string, string>();
for (const group of SYNONYMS) {
  for (const word of group) {
    const root = rootOf(stemOf(word));
    if (!SENSES.has(root)) SENSES.set(root, `~${rootOf(stemOf(group[0]!))}`);
  }
}

const OPPOSITES = new Map<string, Set<string>>();
for (const [one, other] of ANTONYMS) {
  for (const [from, to] of [[one, other] as const, [other, one] as const]) {
    const key = rootOf(stemOf(from));
    OPPOSITES.set(key, (OPPOSITES.get(key) ?? new Set()).add(rootOf(stemOf(to))));
  }
}

const DIGITS = /^\d+(?:[.,]\d+)*$/u;
const ORDINAL_DIGITS = /^(\d{1,9})(?:st|nd|rd|th)$/u;

/** The value of a number in digits or words, `1,000` and `1000`, `three` and `3` alike; null for another word. */
export function numberValueOf(folded: string): string | null {
  const digits = DIGITS.test(folded) ? folded : (ORDINAL_DIGITS.exec(folded)?.[1] ?? null);
  if (digits !== null) return plainNumber(digits);
  return NUMBER_WORDS.get(folded) ?? ORDINALS.get(folded) ?? (folded === 'one' ? '1' : null);
}

/** `1,000.50` → `1000.5`; a version such as `1.2.3` stays as it is. */
export function plainNumber(digits: string): string {
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(digits) ? digits.replaceAll(',', '') : digits;
  return /^\d{1,15}(?:\.\d+)?$/u.test(plain) ? String(Number(plain)) : plain;
}

/** What two words share that say the same: the stem, irregular forms and everyday synonyms brought together. */
export function senseOf(stem: string): string {
  const root = rootOf(stem);
  return SENSES.get(root) ?? root;
}

/** Whether two stems turn a claim round when one is put for the other. */
export function areOpposite(oneStem: string, otherStem: string): boolean {
  return OPPOSITES.get(rootOf(oneStem))?.has(rootOf(otherStem)) ?? false;
}
