import { Injectable } from '@nestjs/common';
import { Cache } from '../../cache/index.js';
import { AppError, termsOf } from '../../shared/index.js';
import { hitsKey, readHits } from './kept-hits.js';
import { termKindOf, topicFactorOf } from './light-terms.js';
import { TextSignature } from './near-duplicate.js';
import { exhaustivePlan, planQuery, type QueryPlan, queryStemsOf, queryTermsOf } from './query-plan.js';
import { type RankedDocument, SearchRepository } from './search.repository.js';
import { hitsOf } from './search-hits.js';
import type { QueryTerm, SearchHit, SearchQuery, SearchResult } from './search-query.js';

const MAX_LIMIT = 100;
/** Documents read beyond the limit, to fill the places of near-duplicates. */
const SPARE_DOCUMENTS = 5;

/** Finds snippets in one corpus of one owner by BM25 over the stems of a prompt or a few words. */
@Injectable()
export class SearchService {
  constructor(
    private readonly repository: SearchRepository,
    private readonly cache: Cache,
  ) {}

  /**
   * The best snippets, best first, and what the corpus knows of the query's terms. A corpus that holds nothing and a
   * query of function words only have no hits. Throws `corpus.search_limit` (invalid).
   */
  async search(query: SearchQuery): Promise<SearchResult> {
    if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > MAX_LIMIT)
      throw limitError(query.limit);
    const stems = queryStemsOf(query.text);
    if (stems.length === 0) return { hits: [], terms: [] };
    const statistics = await this.repository.findStatistics(query, stems);
    const known = statistics ?? { scopeId: 0, revision: '', documentCount: 0, tokenCount: 0, terms: [] };
    const terms = queryTermsOf(stems, known);
    const plan = planQuery(known);
    if (plan.driving.length === 0) return { hits: [], terms };
    const key = hitsKey(query, known.scopeId, known.revision);
    const kept = await this.cache.get('searches', key, readHits);
    if (kept !== null) return { hits: kept, terms };
    const hits = snippetHits(await this.documents(query, known.scopeId, plan), terms, query);
    await this.cache.set('searches', key, hits);
    return { hits, terms };
  }

  private async documents(
    query: SearchQuery,
    scopeId: number,
    plan: QueryPlan,
  ): Promise<readonly RankedDocument[]> {
    const count = query.limit + SPARE_DOCUMENTS;
    const documents = await this.repository.rank(query, scopeId, plan, count);
    if (documents.length >= query.limit || plan.adding.length === 0) return documents;
    return this.repository.rank(query, scopeId, exhaustivePlan(plan), count);
  }
}

function snippetHits(
  documents: readonly RankedDocument[],
  terms: readonly QueryTerm[],
  query: SearchQuery,
): SearchHit[] {
  const weights = new Map(
    terms
      .filter((term) => term.documentCount > 0)
      .map((term) => [term.stem, term.idf * topicFactorOf(termKindOf(term.stem))]),
  );
  const hits: SearchHit[] = [];
  const seen: TextSignature[] = [];
  for (const document of documents) {
    if (seen.length === query.limit) break;
    const words = termsOf(document.text);
    const signature = new TextSignature(document.text, words);
    if (seen.some((other) => signature.isNearDuplicateOf(other))) continue;
    const found = hitsOf(document, words, weights, query.corpus);
    if (found.length > 0) seen.push(signature);
    hits.push(...found);
  }
  // The sort is stable: equal scores stay in the order of the documents, which ends in their hashes.
  return hits.sort((a, b) => b.snippet.score - a.snippet.score).slice(0, query.limit);
}

function limitError(limit: number): AppError {
  return new AppError('corpus.search_limit', 'invalid', `A search cannot return ${limit} snippets.`, {
    hint: `Ask for a whole number from 1 to ${MAX_LIMIT}.`,
  });
}
