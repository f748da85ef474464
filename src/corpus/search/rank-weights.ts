import { Injectable } from '@nestjs/common';

/**
 * How much each sign of relevance counts. Values are round and were chosen on the development halves of several public
 * sets at once; `npm run eval -- --only retrieval --ablate` shows what each is worth. Zero turns a sign off.
 */
@Injectable()
export class RankWeights {
  /** A word of the asking ("decide", "summarize") against a word of the topic. */
  readonly lightWords: number = 0.7;
  /** The strongest word of the feedback against a word of the query (pseudo-relevance feedback, after RM3). */
  readonly relatedWords: number = 0.25;
  /** The score of the turn before, the turn after, and of those two away, lent to a turn. */
  readonly turnBefore: number = 0.3;
  readonly turnAfter: number = 0.2;
  readonly turnsTwoAway: number = 0.1;
  /** A text with all words of the query; one with its function words as well. */
  readonly allWords: number = 0.5;
  readonly exactWords: number = 0.3;
  /** Neighbours in the query stand side by side in the text. */
  readonly nearness: number = 0.15;
  /** The query names who wrote it. */
  readonly author: number = 0.5;
  /** The query asks when, and the text speaks of a time. */
  readonly tellsWhen: number = 0.2;
  /** The query names a time, and the text is from then. */
  readonly period: number = 0.5;
  /** Written today. */
  readonly recency: number = 0.1;
  /** Written by the owner. */
  readonly ownWords: number = 0.1;
  /** Of the social corpus: a thousand reactions or more. */
  readonly engagement: number = 0.1;
  /** Of the published corpus: finished, with title and address. */
  readonly authority: number = 0.05;
  /** Against a hit as much as it has words in common with a better one (maximal marginal relevance). */
  readonly diversity: number = 0.1;
}
