import { type Attribution, type CitedText, type Snippet, sha256Hex } from '../../../shared/index.js';

/** A snippet of the person's own words, for specs; its id follows from its text. */
export function snippetOf(text: string, attribution: Partial<Attribution> = {}, score = 1): Snippet {
  const hash = sha256Hex(text);
  return {
    id: `s${hash.slice(0, 15)}`,
    text,
    score,
    attribution: {
      documentId: hash.slice(0, 8),
      corpus: 'personal',
      source: 'chatgpt',
      externalId: hash.slice(0, 8),
      threadId: null,
      authorRole: 'self',
      title: null,
      url: null,
      timestamp: null,
      span: { start: 0, end: text.length },
      documentHash: hash,
      ...attribution,
    },
  };
}

/** Sentences that all cite one snippet, in one paragraph. */
export function citing(snippet: Snippet, ...sentences: readonly string[]): CitedText {
  return sentences.map((text) => ({ text, snippetIds: [snippet.id], paragraph: 0 }));
}

/** What every request of a spec has in common. */
export const REQUEST = { role: 'drafter', mode: 'chat', tone: 'neutral', style: 'conversational' } as const;
