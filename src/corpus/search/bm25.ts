/** Okapi BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"): saturation of frequency. */
export const K1 = 1.2;
/** How much a long document is held against it, 0..1. */
export const B = 0.75;

/** Inverse document frequency, never negative; the highest value of a corpus belongs to terms it does not hold. */
export function idfOf(documentCount: number, corpusSize: number): number {
  return Math.log(1 + (corpusSize - documentCount + 0.5) / (documentCount + 0.5));
}

/** The number of documents behind an idf: what `idfOf` was given as `corpusSize`. */
export function corpusSizeOf(idf: number, documentCount: number): number {
  return Math.round(Math.expm1(idf) * (documentCount + 0.5) + documentCount - 0.5);
}
