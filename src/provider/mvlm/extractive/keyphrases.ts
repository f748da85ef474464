import { isStopWord, type Term, termsOf } from '../../../shared/index.js';
import { type Concepts, conceptsIn, speaksOfTopic } from './concepts.js';
import { COMMON_VERBS, LIGHT_PROMPT_STEMS } from './english-cues.js';
import { rounded } from './relevance.js';
import { compareText } from './statement.js';

const MAX_WORDS = 4;
/** Function words that may stand inside a phrase, as in "rate of return" and "rats in the compost". */
const INNER: ReadonlySet<string> = new Set(['of', 'in', 'for', 'the']);
/** Words that no noun phrase begins or ends with, although they are no stop words. */
const NEVER_EDGE: ReadonlySet<string> = new Set(
  (
    'again ago along already although always among another around away back because behind beside besides ' +
    'eight eighteen eleven enough even except fifteen five four instead later least less near never next nine ' +
    'nobody nothing part plus seven several since six soon ten third three together twelve twenty twice two unless ' +
    'until whatever whoever without yesterday'
  ).split(' '),
);
/** After these a participle is an adjective: "the raised beds", "of shared water". */
const OPENS_NOUN_PHRASE = /^(?:a|an|the|my|our|your|his|her|their|its|no|of|for|with|in|on|and|or)$/iu;
const PARTICIPLE = /(?:ed|ing)$/iu;
/** From this place on a phrase must score at least half of the best one's. */
const SURE_PHRASES = 5;

interface Phrase {
  readonly text: string;
  readonly stems: readonly string[];
  readonly order: number;
  /** Whether it is not a part of a longer run. */
  readonly isWhole: boolean;
}

/**
 * Long-tail keyphrases of a text, best first: runs of two to four words that occur in it verbatim, begin and end with
 * a content word and cross no punctuation (candidates as in RAKE, Rose et al. 2010), ranked by the prompt's concepts,
 * by repetition and by length. Phrases that mostly repeat a better one are left out.
 */
export function keyphrasesOf(
  sentences: readonly string[],
  concepts: Concepts,
  count: number,
): readonly string[] {
  const phrases = sentences.flatMap((sentence, at) => phrasesOf(sentence, at, concepts));
  const wordCounts = new Map<string, number>();
  const phraseCounts = new Map<string, number>();
  for (const sentence of sentences)
    for (const { stem } of termsOf(sentence)) wordCounts.set(stem, (wordCounts.get(stem) ?? 0) + 1);
  for (const { stems } of phrases) {
    const key = stems.join(' ');
    phraseCounts.set(key, (phraseCounts.get(key) ?? 0) + 1);
  }
  const scored = phrases.map((phrase) => ({
    phrase,
    score: scoreOf(phrase, concepts, wordCounts, phraseCounts.get(phrase.stems.join(' ')) ?? 1),
  }));
  scored.sort(
    (a, b) =>
      b.score - a.score || a.phrase.order - b.phrase.order || compareText(a.phrase.text, b.phrase.text),
  );
  const chosen: Phrase[] = [];
  for (const { phrase, score } of scored) {
    if (chosen.length === count) break;
    if (chosen.length >= SURE_PHRASES && score < (scored[0]?.score ?? 0) / 2) break;
    if (!chosen.some((other) => repeats(phrase, other))) chosen.push(phrase);
  }
  return chosen.map((phrase) => phrase.text);
}

function phrasesOf(sentence: string, order: number, concepts: Concepts): Phrase[] {
  const words = wordsOf(sentence, concepts);
  const phrases: Phrase[] = [];
  for (const [first, opening] of words.entries()) {
    if (!opening.opens) continue;
    for (let last = first + 1; last < first + MAX_WORDS; last++) {
      const word = words[last];
      if (word === undefined || !word.adjoins || !(word.isEdge || INNER.has(word.text))) break;
      if (!word.isEdge) continue;
      phrases.push({
        text: sentence.slice(opening.term.start, word.term.end),
        stems: words.slice(first, last + 1).map(({ term }) => term.stem),
        order,
        isWhole: !goesOn(words, first) && !goesOn(words, last + 1),
      });
    }
  }
  return phrases;
}

/** Whether a phrase could run across the gap in front of a word. */
function goesOn(words: readonly PhraseWord[], at: number): boolean {
  return words[at]?.adjoins === true && words[at].isEdge && words[at - 1]?.isEdge === true;
}

interface PhraseWord {
  readonly term: Term;
  readonly text: string;
  /** Whether only a space or a hyphen parts it from the word before it. */
  readonly adjoins: boolean;
  readonly isEdge: boolean;
  /** Whether a phrase can begin with it. */
  readonly opens: boolean;
}

function wordsOf(sentence: string, concepts: Concepts): readonly PhraseWord[] {
  const terms = termsOf(sentence);
  const textOf = (term: Term | undefined) =>
    term === undefined ? '' : sentence.slice(term.start, term.end).toLowerCase();
  return terms.map((term, at) => {
    const before = terms[at - 1];
    const text = textOf(term);
    const adjoins = before !== undefined && /^[ -]$/u.test(sentence.slice(before.end, term.start));
    const isEdge = canEdge(text, term);
    const isNominal =
      !PARTICIPLE.test(text) ||
      speaksOfTopic(new Set([term.stem]), concepts) ||
      (adjoins && OPENS_NOUN_PHRASE.test(textOf(before)));
    return { term, text, adjoins, isEdge, opens: isEdge && isNominal };
  });
}

/** Whether a word can begin or end a noun phrase, as far as a list can tell. */
function canEdge(word: string, term: Term): boolean {
  return (
    word.length > 2 &&
    !/^\p{N}/u.test(word) &&
    !/ly$|['’]/u.test(word) &&
    !isStopWord(word) &&
    !isStopWord(term.stem) &&
    !NEVER_EDGE.has(word) &&
    !COMMON_VERBS.has(word) &&
    !LIGHT_PROMPT_STEMS.has(term.stem)
  );
}

function scoreOf(
  phrase: Phrase,
  concepts: Concepts,
  wordCounts: ReadonlyMap<string, number>,
  occurrences: number,
): number {
  const content = phrase.stems.filter((stem) => !isStopWord(stem));
  const asked = conceptsIn(new Set(content), concepts).filter((concept) =>
    concepts.topics.has(concept),
  ).length;
  const repeated =
    content.reduce((sum, stem) => sum + Math.log(wordCounts.get(stem) ?? 1), 0) / content.length;
  const verbal = PARTICIPLE.test(phrase.text) ? 0.6 : 0;
  const whole = phrase.isWhole ? 0.8 : 0;
  const functional = 0.6 * (phrase.stems.length - content.length);
  return rounded(
    1.2 * asked + 0.8 * (occurrences - 1) + repeated + 0.3 * content.length + whole - verbal - functional,
  );
}

function repeats(phrase: Phrase, other: Phrase): boolean {
  const shared = phrase.stems.filter((stem) => other.stems.includes(stem)).length;
  return shared / Math.min(phrase.stems.length, other.stems.length) > 0.5;
}
