export { type Keyphrase, keyphrasesIn, leading } from './keyphrases/keyphrases.js';
export { type RankedPhrase, rankPhrases } from './keyphrases/rank.js';
export { type Span, splitSentences } from './sentences.js';
export { contentTermsOf, isStopWord, stemOf, type Term, termsOf } from './terms.js';
