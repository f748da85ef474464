import { leading, type RankedPhrase, rankPhrases } from '../../../shared/index.js';
import { type Concepts, conceptsIn } from './concepts.js';
import { rounded } from './relevance.js';

/** A long-tail keyphrase is no single word, and no half sentence. */
const WORDS = { least: 2, most: 4 };
/** What each of the prompt's topics in a phrase adds to its log-odds. */
const TOPIC_WEIGHT = 1.2;
/** A phrase that shares more of its words than this (0..1) with a better one says nothing new. */
const MAX_SHARED = 0.5;

/**
 * Long-tail keyphrases of a text, best first: noun phrases of two to four words that occur in it verbatim, ranked as
 * `rankPhrases` does and by the prompt's topics. Phrases that mostly repeat a better one are left out.
 */
export function keyphrasesOf(
  sentences: readonly string[],
  concepts: Concepts,
  count: number,
): readonly string[] {
  const asked = rankPhrases(sentences.join('\n'))
    .filter(isLongTail)
    .map((phrase) => ({
      ...phrase,
      score: rounded(phrase.score + TOPIC_WEIGHT * topicsIn(phrase, concepts)),
    }))
    .sort((a, b) => b.score - a.score);
  return leading(distinctOf(asked, count), count).map(({ text }) => text);
}

/** "Water tank" names something, "old water" of "old water tank" does not. */
function isLongTail({ text, occurrences }: RankedPhrase): boolean {
  const words = text.split(/[ -]/u).length;
  return words >= WORDS.least && words <= WORDS.most && occurrences.some(({ hasHead }) => hasHead);
}

function topicsIn({ stems }: RankedPhrase, concepts: Concepts): number {
  // A hyphenated word is one stem here and several where the prompt was read.
  const read = new Set(stems.flatMap((stem) => [stem, ...stem.split('-')]));
  return conceptsIn(read, concepts).filter((concept) => concepts.topics.has(concept)).length;
}

function distinctOf(ranked: readonly RankedPhrase[], count: number): readonly RankedPhrase[] {
  const chosen: RankedPhrase[] = [];
  for (const phrase of ranked) {
    if (chosen.length === count) break;
    if (!chosen.some((other) => repeats(phrase, other))) chosen.push(phrase);
  }
  return chosen;
}

function repeats(phrase: RankedPhrase, other: RankedPhrase): boolean {
  const shared = phrase.stems.filter((stem) => other.stems.includes(stem)).length;
  return shared / Math.min(phrase.stems.length, other.stems.length) > MAX_SHARED;
}
