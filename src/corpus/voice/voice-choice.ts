/**
 * Which own texts a voice is learned from. All of them until they are more than enough; then those of one half of all
 * content hashes, then of a quarter, and so on. So the same documents give the same voice, in whatever order they came,
 * and it is learned from all years alike. A change of these rules must raise `VOICE_VERSION`.
 */

/** Content words, as the index counts them: some 100,000 words of running text, learned in about 0.15 s. */
export const MAX_LEARNED_TOKENS = 50_000;
/** What a batch may add: a greater one waits for the end of its import, when all is learned at once and nothing in vain. */
export const MAX_ADDED_TOKENS = 10_000;
/** Of one long text only the beginning is learned, so that a single book does not hold up an import. */
export const MAX_TEXT_CHARS = 60_000;
/** What a text can count for at most: as many content words as its beginning may hold. */
export const MAX_TEXT_TOKENS = 5_000;
/** The highest level; one of 65,536 texts is of it. */
export const MAX_LEVEL = 16;
const HASH_BITS_READ = 16;

/** How many zero bits a content hash (hex) starts with, in 0..16: half of all texts are of level 1 or above, a quarter of 2. */
export function levelOf(contentHash: string): number {
  return Math.clz32(Number.parseInt(contentHash.slice(0, HASH_BITS_READ / 4), 16)) - (32 - HASH_BITS_READ);
}

/** What a text counts for, in 1..`MAX_TEXT_TOKENS`. */
export function costOf(tokenCount: number): number {
  return Math.max(1, Math.min(MAX_TEXT_TOKENS, tokenCount));
}

/** The lowest level whose texts, with all above it, are few enough; `tokensByLevel` says what the texts of each level count for. */
export function chosenLevel(tokensByLevel: readonly number[]): number {
  let tokens = 0;
  for (let level = MAX_LEVEL; level >= 0; level--) {
    tokens += tokensByLevel[level] ?? 0;
    if (tokens > MAX_LEARNED_TOKENS) return Math.min(MAX_LEVEL, level + 1);
  }
  return 0;
}
