import { Injectable } from '@nestjs/common';
import { Cache } from '../../cache/index.js';
import { AppError } from '../../shared/index.js';
import { chooseDiverse } from './diverse-choice.js';
import { hitsKey, readHits } from './kept-hits.js';
import { termKindOf, topicFactorOf } from './light-terms.js';
import { lookedUpStems, planQuery, queryTermsOf } from './query-plan.js';
import { queryWordsOf } from './query-words.js';
import { RankWeights } from './rank-weights.js';
import { type RankedDocument, Ranker } from './ranker.port.js';
import { SearchRepository } from './search.repository.js';
import { type HitWord, hitsOf, withTurnsBefore } from './search-hits.js';
import type { QueryTerm, SearchHit, SearchQuery, SearchResult } from './search-query.js';

const MAX_LIMIT = 100;

/** Finds snippets in one corpus of one owner by the words of a prompt, of a question or of a few words. */
@Injectable()
export class SearchService {
  constructor(
    private readonly repository: SearchRepository,
    private readonly ranker: Ranker,
    private readonly weights: RankWeights,
    private readonly cache: Cache,
  ) {}

  /**
   * The best snippets, best first, and what the corpus knows of the query's terms. A corpus that holds nothing and a
   * query of function words only have no hits. Throws `corpus.search_limit` (invalid).
   */
  async search(query: SearchQuery): Promise<SearchResult> {
    if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > MAX_LIMIT)
      throw limitError(query.limit);
    const words = queryWordsOf(query.text);
    if (words.words.length === 0) return { hits: [], terms: [] };
    const statistics =
      (await this.repository.findStatistics(query, lookedUpStems(words.words))) ?? NOTHING_STORED;
    const terms = queryTermsOf(words.words, statistics);
    const plan = planQuery(words.words, statistics, this.weights.lightWords);
    if (plan.driving.length === 0) return { hits: [], terms };
    const key = hitsKey(query, statistics.scopeId, statistics.revision);
    const kept = await this.cache.get('searches', key, readHits);
    if (kept !== null) return { hits: kept, terms };
    const ranked = await this.ranker.rank({ query, words, statistics, plan });
    const hits = await this.hits(query, ranked, terms);
    await this.cache.set('searches', key, hits);
    return { hits, terms };
  }

  private async hits(
    query: SearchQuery,
    ranked: readonly RankedDocument[],
    terms: readonly QueryTerm[],
  ): Promise<SearchHit[]> {
    const chosen = await this.whole(query, chooseDiverse(ranked, query.limit, this.weights.diversity));
    const words = hitWordsOf(terms);
    const hits = chosen
      .flatMap((document) => hitsOf(document, words, query.corpus))
      // The sort is stable: equal scores stay in the order of the documents, which ends in their hashes.
      .sort((a, b) => b.snippet.score - a.snippet.score)
      .slice(0, query.limit);
    const inThreads = chosen.filter((each) => each.thread_id !== null || each.reply_to !== null);
    if (inThreads.length === 0) return hits;
    return withTurnsBefore(hits, await this.repository.turnsBefore(inThreads.map((each) => each.id)));
  }

  /** With the whole texts of those that were read in part; one that was deleted meanwhile is left out. */
  private async whole(query: SearchQuery, documents: readonly RankedDocument[]): Promise<RankedDocument[]> {
    const cut = documents.filter((document) => document.is_cut).map((document) => document.id);
    if (cut.length === 0) return [...documents];
    const texts = await this.repository.texts(query.ownerId, cut);
    return documents.flatMap((document) => {
      const text = document.is_cut ? texts.get(document.id) : document.text;
      return text === undefined ? [] : [{ ...document, text }];
    });
  }
}

const NOTHING_STORED = {
  scopeId: 0,
  revision: '',
  documentCount: 0,
  tokenCount: 0,
  languages: [],
  terms: [],
} as const;

function hitWordsOf(terms: readonly QueryTerm[]): HitWord[] {
  return terms
    .filter((term) => term.documentCount > 0)
    .map(({ stem, forms, idf }) => ({
      stem,
      stems: [stem, ...forms],
      weight: idf * topicFactorOf(termKindOf(stem)),
    }));
}

function limitError(limit: number): AppError {
  return new AppError('corpus.search_limit', 'invalid', `A search cannot return ${limit} snippets.`, {
    hint: `Ask for a whole number from 1 to ${MAX_LIMIT}.`,
  });
}
