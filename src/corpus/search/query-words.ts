import {
  contentTermsOf,
  detectLanguage,
  FUNCTION_WORDS,
  STEMMERS,
  stemIn,
  termsOf,
} from '../../shared/index.js';

/** Distinct words of a query that are looked up at all; a longer query is a pasted text. */
const MAX_WORDS = 4_000;
/** Words of a query longer than this are looked up as written and in English only. */
const MAX_WORDS_IN_ALL_LANGUAGES = 64;
const MAX_PHRASES = 8;
const QUOTED = /"([^"]{2,300})"|“([^“”]{2,300})”|„([^„“”]{2,300})[“”]|«([^«»]{2,300})»/gu;

/** A word of a query in the forms it may be indexed under. */
export interface QueryWord {
  readonly stem: string;
  /** What other languages make of it, where that differs. */
  readonly forms: readonly { readonly language: string; readonly stem: string }[];
}

/** What is looked for: the words that carry meaning, and what must stand as it is quoted. */
export interface QueryWords {
  readonly words: readonly QueryWord[];
  /** All words in order, stop words too, stemmed as in the query's language. */
  readonly running: readonly string[];
  readonly phrases: readonly QuotedPhrase[];
  /** Whether there are words beside the phrases: a question that quotes, not a search for the very words. */
  readonly asksBeside: boolean;
}

export interface QuotedPhrase {
  readonly plain: string;
  /** The stems of its words that carry meaning. */
  readonly stems: readonly string[];
}

/** Reads a query. Its language is told where it can be; a few words alone may be of any. */
export function queryWordsOf(text: string): QueryWords {
  const language = detectLanguage(text);
  const words = new Map<string, QueryWord>();
  for (const { stem, start, end } of contentTermsOf(text, language)) {
    if (words.has(stem) || words.size >= MAX_WORDS) continue;
    const forms = words.size < MAX_WORDS_IN_ALL_LANGUAGES ? formsOf(text.slice(start, end), stem) : [];
    words.set(stem, { stem, forms });
  }
  const phrases = phrasesOf(text, language);
  const quoted = new Set(phrases.flatMap((phrase) => phrase.stems));
  return {
    words: [...words.values()],
    running: termsOf(text, language).map((term) => term.stem),
    phrases,
    asksBeside: [...words.keys()].some((stem) => !quoted.has(stem)),
  };
}

/** A text as phrases are looked for in it: words only, in lower case, single spaces between them. */
export function plainWords(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ');
  return ` ${words.trim()} `;
}

/** Whether a text, as `plainWords` gives it, holds the phrase word for word. */
export function holdsPhrase(plainText: string, { plain }: QuotedPhrase): boolean {
  return plainText.includes(SPACELESS.test(plain) ? plain.trim() : plain);
}

const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function formsOf(word: string, stem: string): QueryWord['forms'] {
  const forms = [{ language: 'en', stem: stemIn(word, 'en') }];
  const written = word.toLowerCase();
  for (const language of STEMMERS.keys())
    if (!isFunctionWord(written, language)) forms.push({ language, stem: stemIn(word, language) });
  return forms.filter((form) => form.stem !== stem);
}

function isFunctionWord(word: string, language: string): boolean {
  const words: Readonly<Record<string, ReadonlySet<string>>> = FUNCTION_WORDS;
  return words[language]?.has(word) ?? false;
}

function phrasesOf(text: string, language: string | null): QuotedPhrase[] {
  const phrases = [...text.matchAll(QUOTED)].map(
    (match) => match.slice(1).find((each) => each !== undefined)!,
  );
  return phrases
    .map((each) => ({
      plain: plainWords(each),
      stems: contentTermsOf(each, language).map((term) => term.stem),
    }))
    .filter(({ stems }) => stems.length > 0)
    .slice(0, MAX_PHRASES);
}
