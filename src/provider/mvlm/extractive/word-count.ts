import { termsOf } from '../../../shared/index.js';

/** Words of a text: runs without white space, or, where there are more of them, the terms the index would see. */
export function countWords(text: string): number {
  const runs = text.match(/\S+/gu)?.length ?? 0;
  return Math.max(runs, termsOf(text).length);
}

/** Word tokens of a text as `termsOf` cuts them; the unit of this engine's token usage. */
export function countTokens(texts: Iterable<string>): number {
  let tokens = 0;
  for (const text of texts) tokens += termsOf(text).length;
  return tokens;
}
