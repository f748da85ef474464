import { APIConnectionError, APIConnectionTimeoutError, APIError, OpenAIError } from 'openai';
import { AppError, type Clock } from '../../shared/index.js';
import { aborted } from '../aborted.js';
import { invalidOutput } from '../prompting/index.js';
import { contentFiltered } from './openai-result.js';

/** What went wrong in a call, in this application's words. What is not a fault of the call is given back as it came. */
export function openAiError(error: unknown, signal: AbortSignal, clock: Clock): unknown {
  if (signal.aborted) return aborted(signal);
  if (error instanceof AppError) return error;
  if (error instanceof SyntaxError) return invalidOutput('malformed_json', error);
  if (!(error instanceof OpenAIError)) return error;
  if (error.cause instanceof AppError) return error.cause;
  if (error instanceof APIConnectionTimeoutError) return timedOut(error);
  if (error instanceof APIConnectionError) return unreachable(error);
  if (error instanceof APIError && typeof error.status === 'number') return statusError(error, clock);
  return unreachable(error);
}

function statusError(error: APIError, clock: Clock): AppError {
  const status = Number(error.status);
  const retryAfterSeconds = retryAfter(error.headers, clock);
  if (status === 429) return rateLimited(error, retryAfterSeconds);
  if (status === 408) return timedOut(error);
  if (status === 409 || status >= 500)
    return new AppError('provider.overloaded', 'unavailable', 'The provider cannot take the call now.', {
      hint: 'Repeat the request later.',
      details: { status },
      cause: error,
      ...retryAfterSeconds,
    });
  if (status === 401 || status === 403)
    return new AppError('provider.unauthorized', 'bad_gateway', 'The provider refuses the key.', {
      hint: 'Check OPENAI_API_KEY, and that it may use OPENAI_MODEL.',
      details: { status },
      cause: error,
    });
  if (error.code === 'content_filter') return contentFiltered(error);
  return new AppError('provider.rejected', 'bad_gateway', 'The provider does not accept the call.', {
    hint: REJECTIONS[error.code ?? ''] ?? 'Check OPENAI_MODEL, OPENAI_API and OPENAI_BASE_URL.',
    details: { status, ...(error.code ? { reason: error.code } : {}) },
    cause: error,
  });
}

const REJECTIONS: Readonly<Record<string, string>> = {
  model_not_found: 'The provider does not know the model: check OPENAI_MODEL.',
  context_length_exceeded: 'The context is larger than the model reads: lower CONTEXT_MAX_CHARS.',
};

function rateLimited(error: APIError, retryAfterSeconds: RetryAfter): AppError {
  // An empty account answers with the status of a busy one, and no waiting helps.
  const isSpent = error.code === 'insufficient_quota';
  return new AppError('provider.rate_limited', 'unavailable', 'The provider takes no more calls for now.', {
    hint: isSpent ? 'The provider’s account has no credit left: top it up.' : 'Repeat the request later.',
    retryable: !isSpent,
    cause: error,
    ...retryAfterSeconds,
  });
}

export function timedOut(cause: unknown): AppError {
  return new AppError('provider.timeout', 'timeout', 'The provider did not answer in time.', {
    hint: 'Repeat the request; OPENAI_TIMEOUT_MS sets how long an answer may take.',
    retryable: true,
    cause,
  });
}

function unreachable(cause: unknown): AppError {
  return new AppError('provider.unreachable', 'unavailable', 'The provider cannot be reached.', {
    hint: 'Check OPENAI_BASE_URL and the network, then repeat the request.',
    cause,
  });
}

type RetryAfter = { readonly retryAfterSeconds?: number };

/** `retry-after-ms`, or `Retry-After` as seconds or as a date (RFC 9110). */
function retryAfter(headers: Headers | undefined, clock: Clock): RetryAfter {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return { retryAfterSeconds: Math.ceil(milliseconds / 1000) };
  const header = headers?.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(header)) return { retryAfterSeconds: Math.ceil(Number(header)) };
  const atMs = Date.parse(header);
  if (Number.isNaN(atMs)) return {};
  return { retryAfterSeconds: Math.max(0, Math.ceil((atMs - clock.now().getTime()) / 1000)) };
}
