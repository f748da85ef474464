import { z } from 'zod';
import { hashOf } from '../../shared/index.js';
import type { SearchHit, SearchQuery } from './search-query.js';

const text = z.string();
const number = z.number();
const hit = z.object({
  snippet: z.looseObject({
    id: text,
    text,
    score: number,
    attribution: z.looseObject({ documentId: text, documentHash: text, corpus: text, source: text }),
  }),
  reasons: z.looseObject({
    bm25: number,
    relatedWords: number,
    thread: number,
    factors: z.array(z.object({ name: text, value: number })),
    matchedTerms: z.array(text),
  }),
  flags: z.array(text),
  context: z.looseObject({ documentId: text, text }).nullable(),
});
const hits = z.array(hit);

/** SHA-256 (hex) of what hits depend on: the query, whose corpus it is, and the state that corpus is in. */
export function hitsKey(query: SearchQuery, scopeId: number, revision: string): string {
  return hashOf({ query, scopeId, revision });
}

/** Reads what a cache gave back; throws where these are no hits. */
export function readHits(found: unknown): readonly SearchHit[] {
  return hits.parse(found) as unknown as readonly SearchHit[];
}
