import { type CorpusName, sha256Hex, type Term, termsOf } from '../../shared/index.js';
import type { RankedDocument } from './search.repository.js';
import type { SearchHit } from './search-query.js';
import { type SnippetWindow, windowsOf } from './snippet-window.js';

const ID_DIGITS = 15;

/** The snippets of one ranked document; a second window scores by the share of the query that it adds. */
export function hitsOf(
  document: RankedDocument,
  words: readonly Term[],
  weights: ReadonlyMap<string, number>,
  corpus: CorpusName,
): SearchHit[] {
  const windows = windowsOf(document.text, words, weights);
  const [first, second] = windows;
  if (!first) return [];
  const inDocument = new Set<string>();
  for (const { stem } of words) if (weights.has(stem)) inDocument.add(stem);
  for (const { stem } of termsOf(document.title ?? '')) inDocument.add(stem);
  const matched = [...weights.keys()].filter((stem) => inDocument.has(stem));
  const hits = [hitOf(document, first, matched, document.score, corpus)];
  if (second) {
    const fresh = [...second.stems].filter((stem) => !first.stems.has(stem));
    const share = weightOf(fresh, weights) / weightOf(matched, weights);
    const score = Math.round(document.score * share * 1e6) / 1e6;
    hits.push(hitOf(document, second, [...second.stems], score, corpus));
  }
  return hits;
}

function hitOf(
  document: RankedDocument,
  window: SnippetWindow,
  matchedTerms: readonly string[],
  score: number,
  corpus: CorpusName,
): SearchHit {
  const { start, end } = window;
  return {
    snippet: {
      id: snippetIdOf(document.content_hash, start, end),
      text: document.text.slice(start, end),
      score,
      attribution: {
        documentId: String(document.id),
        corpus,
        source: document.source,
        externalId: document.external_id,
        threadId: document.thread_id,
        authorRole: document.author_role,
        title: document.title,
        url: document.url,
        timestamp: document.created_at?.toISOString() ?? null,
        span: { start, end },
        documentHash: document.content_hash,
      },
    },
    reasons: {
      bm25: document.bm25,
      recency: document.recency,
      ownWords: document.author_role === 'self',
      allTerms: document.all_terms,
      matchedTerms,
    },
  };
}

/** The same for the same piece of the same document on any machine. */
export function snippetIdOf(documentHash: string, start: number, end: number): string {
  return `s${sha256Hex(`${documentHash}:${start}:${end}`).slice(0, ID_DIGITS)}`;
}

function weightOf(stems: readonly string[], weights: ReadonlyMap<string, number>): number {
  return stems.reduce((sum, stem) => sum + (weights.get(stem) ?? 0), 0);
}
