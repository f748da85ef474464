import type { Span } from '../../shared/index.js';
import { measurePoliteness } from './politeness.measure.js';
import { type PunctuationRule, punctuationEvidence } from './punctuation.measure.js';
import type { ToneReading } from './tone-reading.js';
import { type WordRule, wordEvidence } from './word-evidence.js';

/** A place in a text that colours its manner. Offsets are UTF-16 code units, end exclusive. */
export interface ToneEvidence extends Span {
  /** How much it counts. */
  readonly weight: number;
  /** What to write instead: an empty text drops it, null is left to the writer. */
  readonly fix: string | null;
}

/** A rule that counts places in a text. */
export type EvidenceRule = WordRule | PunctuationRule | 'emoji' | 'impolite requests';

const EMOJI =
  /\p{Extended_Pictographic}(?:\u200D|\uFE0F|\p{Emoji_Modifier}|\p{Extended_Pictographic}){0,12}/gu;
const EMOTICON = /[:;](?<!\S.)-?[)(DPp](?!\w)/gu;
const ASKS = /\?|(?<!\p{L})you/iu;
/** Below this, a request reads as rude. */
const IMPOLITE = 0.25;
/** Requests are short; what is longer is no sentence. */
const MAX_REQUEST_CHARS = 600;
/** Nobody asks more of a reader; a longer list of questions is judged by its start. */
const MAX_REQUESTS = 100;

/** Everything in a text that a rule of tone or style counts, by rule. */
export function toneEvidence(reading: ToneReading): Record<EvidenceRule, readonly ToneEvidence[]> {
  return {
    ...wordEvidence(reading),
    ...punctuationEvidence(reading),
    emoji: [...reading.text.matchAll(EMOJI), ...reading.text.matchAll(EMOTICON)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      weight: 1,
      fix: '',
    })),
    'impolite requests': impoliteRequests(reading),
  };
}

/** Sentences that ask something of somebody, and ask it rudely. */
function impoliteRequests({ text, sentences }: ToneReading): ToneEvidence[] {
  const requests: Span[] = [];
  for (const span of sentences) {
    if (requests.length === MAX_REQUESTS) break;
    if (ASKS.test(text.slice(span.start, span.end))) requests.push(span);
  }
  return requests
    .filter(({ start, end }) => isImpolite(text.slice(start, Math.min(end, start + MAX_REQUEST_CHARS))))
    .map((span) => ({ ...span, weight: 1, fix: null }));
}

function isImpolite(request: string): boolean {
  return measurePoliteness(request).score < IMPOLITE;
}
