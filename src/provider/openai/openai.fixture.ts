import { REQUEST, snippetOf } from '../mvlm/extractive/extractive.fixture.js';
import type { DraftRequest, OutlineRequest } from '../text-generation.port.js';

export const STOVE = snippetOf('The stove was built in 1931.');

/** The smallest request that a server is asked for. */
export const OUTLINE_REQUEST: OutlineRequest = {
  ...REQUEST,
  task: 'outline',
  prompt: 'the stove',
  snippets: [STOVE],
};

export const DRAFT_REQUEST: DraftRequest = {
  ...OUTLINE_REQUEST,
  task: 'draft',
  maxWords: 50,
  styleSnippets: [],
  outline: {
    headline: 'The stove',
    points: [{ text: STOVE.text, snippetIds: [STOVE.id], paragraph: 0 }],
  },
};
