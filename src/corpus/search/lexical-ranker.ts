import { Injectable } from '@nestjs/common';
import { termsOf } from '../../shared/index.js';
import { SCORE_UNIT } from './candidates-statement.js';
import { exhaustivePlan } from './query-plan.js';
import { holdsPhrase, plainWords } from './query-words.js';
import { type QuerySigns, querySignsOf, rankFactorsOf } from './rank-factors.js';
import { RankWeights } from './rank-weights.js';
import { type RankedDocument, Ranker, type RankRequest, scoreOf } from './ranker.port.js';
import { relatedTermsOf } from './related-terms.js';
import { type DocumentRow, type FoundDocument, SearchRepository } from './search.repository.js';
import { threadScoresOf } from './thread-scores.js';

/** Documents looked at closely beyond the limit: what preferences and near-duplicates may still move. */
const SPARE_DOCUMENTS = 40;
/** The foremost documents gain by related words; those behind could hardly come up so far. */
const LEAST_WIDENED = 100;
/** What is looked at of a text for nearness and times. */
const LOOKED_AT_CHARS = 4_000;
/** Documents whose whole texts are read at once for a quoted phrase. */
const PHRASE_BLOCK = 50;
const WHOLE_TEXT_CHARS = 2_147_483_647;

interface ScoredDocument extends Pick<FoundDocument, 'id' | 'words'> {
  /** In millionths. */
  readonly bm25: number;
  readonly related: number;
  readonly thread: number;
}

/** Ranks by words: BM25, words related to them, the turns around, and what the documents themselves show. */
@Injectable()
export class LexicalRanker extends Ranker {
  constructor(
    private readonly repository: SearchRepository,
    private readonly weights: RankWeights,
  ) {
    super();
  }

  /** A question whose quotation nothing holds is still answered; a quotation alone is looked for as it stands. */
  async rank(request: RankRequest): Promise<readonly RankedDocument[]> {
    const ranked = await this.rankedExactly(request);
    const { words } = request;
    if (ranked.length > 0 || words.phrases.length === 0 || !words.asksBeside) return ranked;
    return this.rankedExactly({ ...request, words: { ...words, phrases: [] } });
  }

  private async rankedExactly(request: RankRequest): Promise<readonly RankedDocument[]> {
    const count = request.query.limit + SPARE_DOCUMENTS;
    const scored = await this.scored(request, count);
    const documents = scored.slice(0, request.words.phrases.length > 0 ? scored.length : count);
    const signs = querySignsOf(request);
    const byId = new Map(documents.map((each) => [each.id, each]));
    const rows = await this.rows(request, documents, count);
    const ranked = rows.map((row) => this.ranked(row, byId.get(row.id)!, signs));
    return distinctTexts(ranked.sort(inOrder));
  }

  /** By the sum of their parts, best first. */
  private async scored(request: RankRequest, count: number): Promise<ScoredDocument[]> {
    const { query, statistics, plan } = request;
    const required = requiredWords(request);
    let used = required === 0n ? plan : exhaustivePlan(plan);
    let found = await this.repository.find(query, statistics, used, required);
    if (found.documents.length < query.limit && !used.complete) {
      used = exhaustivePlan(plan);
      found = await this.repository.find(query, statistics, used, required);
    }
    const terms = relatedTermsOf(found.spoken, plan, statistics, this.weights);
    const foremost = found.documents.slice(0, Math.max(LEAST_WIDENED, 2 * count));
    const widened = await this.repository.widen(foremost, terms, plan, count);
    const own = new Map(found.documents.map(({ id, score }) => [id, score + (widened.related.get(id) ?? 0)]));
    const lent = threadScoresOf(own, widened.neighbours, this.weights);
    const byId = new Map(found.documents.map((each) => [each.id, each]));
    return [...new Set([...own.keys(), ...lent.keys()])]
      .map((id) => ({
        id,
        words: byId.get(id)?.words ?? 0n,
        bm25: byId.get(id)?.score ?? 0,
        related: widened.related.get(id) ?? 0,
        thread: lent.get(id) ?? 0,
      }))
      .filter(({ words }) => (words & required) === required)
      .sort((a, b) => sumOf(b) - sumOf(a) || a.id - b.id);
  }

  /** The rows of as many as are wanted, or of all that hold the quoted phrases. */
  private async rows(
    { query, words, statistics }: RankRequest,
    documents: readonly ScoredDocument[],
    count: number,
  ): Promise<DocumentRow[]> {
    const ids = documents.map((each) => each.id);
    if (words.phrases.length === 0)
      return this.repository.rows(query, statistics.scopeId, ids, LOOKED_AT_CHARS);
    const holding: DocumentRow[] = [];
    for (let from = 0; from < ids.length && holding.length < count; from += PHRASE_BLOCK) {
      const block = ids.slice(from, from + PHRASE_BLOCK);
      const rows = await this.repository.rows(query, statistics.scopeId, block, WHOLE_TEXT_CHARS);
      holding.push(
        ...rows.filter((row) => {
          const plain = plainWords(`${row.title ?? ''} | ${row.text}`);
          return words.phrases.every((phrase) => holdsPhrase(plain, phrase));
        }),
      );
    }
    return holding;
  }

  private ranked(row: DocumentRow, document: ScoredDocument, signs: QuerySigns): RankedDocument {
    const terms = termsOf(row.text.slice(0, LOOKED_AT_CHARS), row.language);
    const factors = rankFactorsOf(row, document.words, terms, signs, this.weights);
    const parts = {
      bm25: document.bm25 / SCORE_UNIT,
      relatedWords: document.related / SCORE_UNIT,
      thread: document.thread / SCORE_UNIT,
    };
    return { ...row, ...parts, factors, score: scoreOf(parts, factors) };
  }
}

/** A bit for each word that a quoted phrase needs. */
function requiredWords({ words, plan }: RankRequest): bigint {
  const needed = new Set(words.phrases.flatMap((phrase) => phrase.stems));
  return plan.words.reduce(
    (bits, { stem }, number) => (needed.has(stem) ? bits | (1n << BigInt(number)) : bits),
    0n,
  );
}

function sumOf({ bm25, related, thread }: ScoredDocument): number {
  return bm25 + related + thread;
}

function inOrder(a: RankedDocument, b: RankedDocument): number {
  return b.score - a.score || (a.content_hash < b.content_hash ? -1 : 1);
}

function distinctTexts(documents: readonly RankedDocument[]): RankedDocument[] {
  const seen = new Set<string>();
  return documents.filter(({ text_fingerprint: fingerprint }) => {
    const isNew = !seen.has(fingerprint);
    seen.add(fingerprint);
    return isNew;
  });
}
