import { contentTermsOf, detectLanguage, type Term } from '../../shared/index.js';

const MAX_FREQUENCY = 32_767;
/** A title says in few words what all the text is about: each of its words counts as two. */
const TITLE_WEIGHT = 2;

/**
 * The rules by which documents are analysed, by number. Where it rises, documents stored under an earlier one are
 * indexed anew (`term-renewal.ts`), and a migration makes it the default of new corpora.
 */
export const TERMS_VERSION = 2;

/** What the index knows of one document. */
export interface DocumentTerms {
  /** How often each stem stands in it; words of the title are weighed. */
  readonly frequencies: ReadonlyMap<string, number>;
  /** Content words of title, text and author's name together: the length that BM25 normalizes by. */
  readonly tokenCount: number;
  /** ISO 639-1; null where it could not be told, and then the words are stemmed as in English. */
  readonly language: string | null;
}

/** The content words of a document, its author's name among them. */
export function documentTermsOf(
  title: string | null,
  text: string,
  authorName: string | null = null,
): DocumentTerms {
  const language = detectLanguage(text) ?? (title === null ? null : detectLanguage(`${title}\n${text}`));
  const frequencies = new Map<string, number>();
  let tokenCount = 0;
  const add = (terms: readonly Term[], weight: number) => {
    for (const { stem } of terms)
      frequencies.set(stem, Math.min(MAX_FREQUENCY, (frequencies.get(stem) ?? 0) + weight));
    tokenCount += terms.length;
  };
  add(contentTermsOf(text, language), 1);
  if (title !== null) add(contentTermsOf(title, language), TITLE_WEIGHT);
  if (authorName !== null) add(contentTermsOf(authorName, language), 1);
  return { frequencies, tokenCount, language };
}
