import type { TokenUsage } from '../provider/index.js';
import { AppError } from '../shared/index.js';
import type { Ask } from './asks.js';

type WritingAsk = Extract<Ask, { writer: unknown }>;

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

/** The most a call can take. A token holds at least one byte, whatever the model's tokenizer is. */
export function upperBoundOf({ request }: WritingAsk): TokenUsage {
  return {
    inputTokens: Buffer.byteLength(JSON.stringify(request)) + INSTRUCTION_TOKENS,
    outputTokens: MAX_OUTPUT_TOKENS,
  };
}

/** Causes of a connection that never was: an outage must not use up anybody's limits. */
const NEVER_CONNECTED = [
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Whether one of a call's attempts, `error` the last, may have been written and charged without telling its usage. */
export function isCostUnknown(attempts: readonly string[], error?: unknown): boolean {
  const free = wasNeverConnected(error) ? [...REFUSED, 'provider.unreachable'] : REFUSED;
  const codes = error === undefined ? attempts : [...attempts, codeOf(error)];
  return codes.some((code) => !free.includes(code));
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'unknown';
}

type Caused = { readonly code?: unknown; readonly cause?: Caused } | null | undefined;

function wasNeverConnected(error: unknown): boolean {
  // Told by its code, not by its class: an error of the socket can be of another realm's.
  for (let cause = error as Caused; cause; cause = cause.cause)
    if (NEVER_CONNECTED.includes(String(cause.code))) return true;
  return false;
}
