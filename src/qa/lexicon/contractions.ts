/** What a contraction of an auxiliary says in full, by its lower-case form with straight apostrophes. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["can't", 'cannot'],
  ["won't", 'will not'],
  ["shan't", 'shall not'],
  ["let's", 'let us'],
  ["y'all", 'you all'],
  ["i'm", 'I am'],
  ["cannot've", 'cannot have'],
]);
const ENDINGS: readonly (readonly [string, string])[] = [
  ["n't", ' not'],
  ["'ll", ' will'],
  ["'re", ' are'],
  ["'ve", ' have'],
];
/** Words whose `'s` is a verb: after a noun it may as well be a possessive. */
const BEFORE_IS = new Set(
  'it that there here what who where how he she this everything nothing something'.split(' '),
);
const PARTICIPLES = new Set('been got had done gone seen come become made taken given'.split(' '));

/**
 * The full form of a contraction; null where it depends on the sentence (`'d` is _had_ or _would_), undefined for what
 * is none (a possessive).
 */
export function expanded(contraction: string, nextWord: string): string | null | undefined {
  const folded = contraction.toLowerCase().replace('’', "'");
  const irregular = IRREGULAR.get(folded);
  if (irregular !== undefined) return likeCase(contraction, irregular);
  const ending = ENDINGS.find(([short]) => folded.endsWith(short));
  if (ending) return contraction.slice(0, -ending[0].length) + ending[1];
  const stem = folded.slice(0, -2);
  if (folded.endsWith("'s")) {
    if (!BEFORE_IS.has(stem)) return undefined;
    return contraction.slice(0, -2) + (PARTICIPLES.has(nextWord.toLowerCase()) ? ' has' : ' is');
  }
  return folded.endsWith("'d") && /^[a-z]{1,7}$/u.test(stem) ? null : undefined;
}

function likeCase(written: string, full: string): string {
  return /^\p{Lu}/u.test(written) ? full[0]!.toUpperCase() + full.slice(1) : full;
}
