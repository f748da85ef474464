import { contentTermsOf } from '../../shared/index.js';

const MAX_FREQUENCY = 32_767;

/** What the index knows of one document. */
export interface DocumentTerms {
  readonly frequencies: ReadonlyMap<string, number>;
  /** Content words of title and text together: the length that BM25 normalizes by. */
  readonly tokenCount: number;
}

/** The content words of a document, analysed exactly as a query is. */
export function documentTermsOf(title: string | null, text: string): DocumentTerms {
  const frequencies = new Map<string, number>();
  const terms = contentTermsOf(title === null ? text : `${title}\n${text}`);
  for (const { stem } of terms) {
    const frequency = frequencies.get(stem) ?? 0;
    if (frequency < MAX_FREQUENCY) frequencies.set(stem, frequency + 1);
  }
  return { frequencies, tokenCount: terms.length };
}
