import { type CallRetry, type TokenUsage, wasNeverConnected } from '../provider/index.js';
import { AppError } from '../shared/index.js';
import type { WritingAsk } from './asks.js';

/** Instructions, delimiters and the schema of the answer, which every call carries beside its request. */
const INSTRUCTION_TOKENS = 6_000;
/** The longest answer that any template asks for. */
const MAX_OUTPUT_TOKENS = 16_384;

/** Failures that say themselves that nothing was written: the call was refused, here or there. */
const REFUSED = [
  'provider.circuit_open',
  'provider.overloaded',
  'provider.rate_limited',
  'provider.rejected',
  'provider.unauthorized',
];

/** The most a call can take that writes so many texts. A token holds at least one byte, whatever the tokenizer is. */
export function upperBoundOf({ request }: WritingAsk, candidates = 1): TokenUsage {
  return {
    inputTokens: Buffer.byteLength(JSON.stringify(request)) + INSTRUCTION_TOKENS,
    outputTokens: MAX_OUTPUT_TOKENS * candidates,
  };
}

/**
 * Whether one of a call's attempts may have been written and charged without telling its usage: each is judged by
 * itself, since an answer that broke off costs, whatever came of the next attempt.
 */
export function isCostUnknown(retries: readonly CallRetry[], error?: unknown): boolean {
  const mayCost = (code: string, wasSent: boolean) => wasSent && !REFUSED.includes(code);
  if (retries.some(({ code, wasSent }) => mayCost(code, wasSent))) return true;
  return error !== undefined && mayCost(codeOf(error), !wasNeverConnected(error));
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'unknown';
}
