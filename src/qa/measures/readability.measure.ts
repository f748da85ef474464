import type { ToneReading } from './tone-reading.js';

/** What the formulas count. */
export interface ReadingCounts {
  readonly sentences: number;
  readonly words: number;
  /** Letters and digits. */
  readonly characters: number;
  readonly syllables: number;
  /** Words of three syllables or more. */
  readonly longWords: number;
}

/** How hard a text is to read. All but the first are grades of United States schools; higher is harder. */
export interface Readability {
  readonly fleschReadingEase: number;
  readonly fleschKincaidGrade: number;
  readonly gunningFog: number;
  readonly smog: number;
  readonly colemanLiau: number;
  readonly automatedReadability: number;
  /** The median of the five grades. */
  readonly grade: number;
}

/** Fewer words say nothing of how hard a text is. */
const MIN_WORDS = 30;
const MAX_COUNTED_CHARS = 30;
const MAX_CACHED_WORDS = 20_000;
const counted = new Map<string, number>();

/** The readability of an English text by six published formulas; null below 30 words. */
export function measureReadability(reading: ToneReading): Readability | null {
  const counts = readingCounts(reading);
  if (counts.words < MIN_WORDS || counts.sentences === 0) return null;
  const grades = {
    fleschKincaidGrade: fleschKincaidGrade(counts),
    gunningFog: gunningFog(counts),
    smog: smog(counts),
    colemanLiau: colemanLiau(counts),
    automatedReadability: automatedReadability(counts),
  };
  const ordered = Object.values(grades).sort((one, other) => one - other);
  return { fleschReadingEase: fleschReadingEase(counts), ...grades, grade: ordered[2]! };
}

export function readingCounts({ words, sentences }: ToneReading): ReadingCounts {
  let characters = 0;
  let syllables = 0;
  let longWords = 0;
  for (const { folded } of words) {
    const count = syllablesOf(folded);
    characters += folded.length;
    syllables += count;
    if (count >= 3) longWords++;
  }
  return { sentences: sentences.length, words: words.length, characters, syllables, longWords };
}

/** Spellings of one group of vowels that are two syllables, and the ending of _isn't_. */
const ONE_MORE =
  /[aeouy]ing|(?<![tscxgl])i[ao](?!u)|(?<![tscxg])i(?:ou|u)|iet|(?<!c)ien(?:ce|t)|eo(?:us|n$)|(?:id|ar|cr)ea|[^gq]ua[lt]|(?<=[^aeiour])n't$|sm$/gu;
/** An _e_ that is written and not spoken. */
const ONE_LESS =
  /[^aeiouyl]e$|[aeiouyr]le$|[^aeiouytd]ed$|[^aeiouyscxzghl]es$|[aeiouyr]les$|(?<=[^aeiouy])e(?:ly|ments?|ful|less|things?|body|where|works?|one|times?|fore|men|man)$/gu;

/** The syllables of an English word, by its groups of vowels and what stays mute; right for 97 in 100 words of prose. */
export function syllablesOf(word: string): number {
  const known = counted.get(word);
  if (known !== undefined) return known;
  const syllables = countSyllables(word);
  if (counted.size >= MAX_CACHED_WORDS) counted.clear();
  counted.set(word, syllables);
  return syllables;
}

function countSyllables(word: string): number {
  const plain = word
    .slice(0, MAX_COUNTED_CHARS)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^a-z']/gu, '');
  const count = (pattern: RegExp) => plain.match(pattern)?.length ?? 0;
  return Math.max(1, count(/[aeiouy]+/gu) + count(ONE_MORE) - count(ONE_LESS));
}

/** Flesch (1948): 206.835 − 1.015 words per sentence − 84.6 syllables per word; 0 (hard) to 100 (easy), not bounded. */
export function fleschReadingEase({ sentences, words, syllables }: ReadingCounts): number {
  return 206.835 - 1.015 * (words / sentences) - 84.6 * (syllables / words);
}

/** Kincaid et al. (1975), a school grade: 0.39 words per sentence + 11.8 syllables per word − 15.59. */
export function fleschKincaidGrade({ sentences, words, syllables }: ReadingCounts): number {
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
}

/** Gunning (1952), years of schooling: 0.4 (words per sentence + 100 long words per word). */
export function gunningFog({ sentences, words, longWords }: ReadingCounts): number {
  return 0.4 * (words / sentences + (100 * longWords) / words);
}

/** McLaughlin (1969), a school grade: 1.043 √(long words in 30 sentences) + 3.1291; made for 30 sentences and more. */
export function smog({ sentences, longWords }: ReadingCounts): number {
  return 1.043 * Math.sqrt((longWords * 30) / sentences) + 3.1291;
}

/** Coleman and Liau (1975), a school grade: 5.88 letters per word − 29.6 sentences per word − 15.8. */
export function colemanLiau({ sentences, words, characters }: ReadingCounts): number {
  return 5.88 * (characters / words) - 29.6 * (sentences / words) - 15.8;
}

/** Smith and Senter (1967), a school grade: 4.71 characters per word + 0.5 words per sentence − 21.43. */
export function automatedReadability({ sentences, words, characters }: ReadingCounts): number {
  return 4.71 * (characters / words) + 0.5 * (words / sentences) - 21.43;
}
