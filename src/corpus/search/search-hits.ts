import { type CorpusName, contentTermsOf, sha256Hex, termsOf } from '../../shared/index.js';
import { inMillionths, type RankedDocument, scoreOf } from './ranker.port.js';
import type { TurnRow } from './search.repository.js';
import type { RankFactor, SearchHit, TurnBefore } from './search-query.js';
import { type SnippetWindow, windowsOf } from './snippet-window.js';

const ID_DIGITS = 15;

/** A word that hits are cut around, with all stems it may have in a text. */
export interface HitWord {
  readonly stem: string;
  readonly stems: readonly string[];
  readonly weight: number;
}

/** The snippets of one ranked document; a second window scores by the share of the query that it adds. */
export function hitsOf(document: RankedDocument, words: readonly HitWord[], corpus: CorpusName): SearchHit[] {
  const weights = new Map(words.flatMap(({ stems, weight }) => stems.map((stem) => [stem, weight] as const)));
  const terms = termsOf(document.text, document.language);
  const [first, second] = windowsOf(document.text, terms, weights);
  if (!first) return [];
  const inDocument = new Set<string>();
  for (const { stem } of terms) if (weights.has(stem)) inDocument.add(stem);
  for (const beside of [document.title, document.author_name])
    for (const { stem } of contentTermsOf(beside ?? '', document.language)) inDocument.add(stem);
  const matchedIn = (stems: ReadonlySet<string>) =>
    words.filter((word) => word.stems.some((stem) => stems.has(stem)));
  const matched = matchedIn(inDocument);
  const hits = [hitOf(document, first, matched, corpus)];
  const fresh = second
    ? matchedIn(second.stems).filter((word) => !matchedIn(first.stems).includes(word))
    : [];
  if (second && fresh.length > 0) {
    const share: RankFactor = { name: 'passage', value: inMillionths(weightOf(fresh) / weightOf(matched)) };
    const factors = [...document.factors, share];
    const passage = { ...document, factors, score: scoreOf(document, factors) };
    hits.push(hitOf(passage, second, matchedIn(second.stems), corpus));
  }
  return hits;
}

function hitOf(
  document: RankedDocument,
  { start, end }: SnippetWindow,
  matched: readonly HitWord[],
  corpus: CorpusName,
): SearchHit {
  const { bm25, relatedWords, thread, factors } = document;
  return {
    snippet: {
      id: snippetIdOf(document.content_hash, start, end),
      text: document.text.slice(start, end),
      score: document.score,
      attribution: attributionOf(document, { start, end }, corpus),
    },
    reasons: { bm25, relatedWords, thread, factors, matchedTerms: matched.map((word) => word.stem) },
    flags: document.safety_tags ?? [],
    context: null,
  };
}

function attributionOf(
  document: RankedDocument,
  span: { readonly start: number; readonly end: number },
  corpus: CorpusName,
): SearchHit['snippet']['attribution'] {
  return {
    documentId: String(document.id),
    corpus,
    source: document.source,
    externalId: document.external_id,
    threadId: document.thread_id,
    authorRole: document.author_role,
    authorName: document.author_name,
    language: document.language,
    title: document.title,
    url: document.url,
    timestamp: document.created_at?.toISOString() ?? null,
    span,
    documentHash: document.content_hash,
  };
}

/** The hits with the turn that each follows or answers, where there is one. */
export function withTurnsBefore(hits: readonly SearchHit[], turns: readonly TurnRow[]): SearchHit[] {
  const byDocument = new Map(turns.map((turn) => [String(turn.id), turnOf(turn)]));
  return hits.map((hit) => ({
    ...hit,
    context: byDocument.get(hit.snippet.attribution.documentId) ?? null,
  }));
}

function turnOf(turn: TurnRow): TurnBefore {
  return {
    documentId: String(turn.turn_id),
    text: turn.text.toWellFormed().trim(),
    authorRole: turn.author_role,
    authorName: turn.author_name,
    timestamp: turn.created_at?.toISOString() ?? null,
  };
}

/** The same for the same piece of the same document on any machine. */
export function snippetIdOf(documentHash: string, start: number, end: number): string {
  return `s${sha256Hex(`${documentHash}:${start}:${end}`).slice(0, ID_DIGITS)}`;
}

function weightOf(words: readonly HitWord[]): number {
  return words.reduce((sum, word) => sum + word.weight, 0);
}
