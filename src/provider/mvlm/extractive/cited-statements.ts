import { type CitedSentence, type CitedText, contentTermsOf, type Snippet } from '../../../shared/index.js';
import { formOf } from './sentence-form.js';
import type { Statement } from './statement.js';
import { countWords } from './word-count.js';

/**
 * The sentences of a text as statements of the best snippet each cites; `position` and `start` are the sentence's
 * index in the text. A sentence that cites no given snippet stands as its own source, behind all others.
 */
export function readCitedText(text: CitedText, ordered: readonly Snippet[]): readonly Statement[] {
  return text.map((sentence, index) => {
    const found = ordered.findIndex((snippet) => sentence.snippetIds.includes(snippet.id));
    const snippet = ordered[found] ?? unknownSource(sentence);
    const form = formOf(sentence.text, {
      authorRole: snippet.attribution.authorRole,
      edge: { start: false, end: false },
    });
    return {
      ...form,
      text: sentence.text,
      snippet,
      snippetIds: sentence.snippetIds,
      snippetRank: found === -1 ? ordered.length : found,
      position: index,
      start: index,
      stems: new Set(contentTermsOf(sentence.text).map((term) => term.stem)),
      words: countWords(sentence.text),
    };
  });
}

function unknownSource({ text }: CitedSentence): Snippet {
  return {
    id: '',
    text,
    score: 0,
    attribution: {
      documentId: '',
      corpus: 'personal',
      source: '',
      externalId: '',
      threadId: null,
      authorRole: 'other',
      title: null,
      url: null,
      timestamp: null,
      span: { start: 0, end: text.length },
      documentHash: '',
    },
  };
}
