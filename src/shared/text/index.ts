export { type Span, splitSentences } from './sentences.js';
export { contentTermsOf, isStopWord, stemOf, type Term, termsOf } from './terms.js';
