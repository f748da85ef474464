import type { Snippet } from '../../shared/index.js';
import { wordsOf } from '../analysis/words.js';
import { FUNCTION_WORDS } from '../lexicon/function-words.js';

const MIN_OWN_WORDS = 300;

/**
 * How near a text's use of function words is to that of the owner's own snippets, in 0..1: cosine of the square roots
 * of their rates (Bhattacharyya 1943; function words after Mosteller and Wallace 1964). Null below 300 own words.
 */
export function measureVoiceMatch(text: string, snippets: readonly Snippet[]): number | null {
  const own = snippets
    .filter((snippet) => snippet.attribution.authorRole === 'self')
    .flatMap((snippet) => wordsOf(snippet.text).map((word) => word.folded));
  if (own.length < MIN_OWN_WORDS) return null;
  return similarity(counts(wordsOf(text).map((word) => word.folded)), counts(own));
}

function counts(words: readonly string[]): number[] {
  const byWord = new Map<string, number>();
  for (const word of words) byWord.set(word, (byWord.get(word) ?? 0) + 1);
  return FUNCTION_WORDS.map((word) => byWord.get(word) ?? 0);
}

function similarity(a: readonly number[], b: readonly number[]): number {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const norm = Math.sqrt(sum(a) * sum(b));
  return norm === 0 ? 0 : Math.min(1, sum(a.map((value, index) => Math.sqrt(value * b[index]!))) / norm);
}
