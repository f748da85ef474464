export { type Keyphrase, keyphrasesIn, leading } from './keyphrases/keyphrases.js';
export { type RankedPhrase, rankPhrases } from './keyphrases/rank.js';
export { detectLanguage } from './languages/detect-language.js';
export { FUNCTION_WORDS } from './languages/function-words.js';
export { STEMMERS } from './languages/stemmers.js';
export { type Span, splitSentences } from './sentences.js';
export { contentTermsOf, isStopWord, stemIn, stemOf, type Term, termsOf } from './terms.js';
