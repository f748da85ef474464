import { setTimeout as sleep } from 'node:timers/promises';
import { ExponentialBackoff, type IBackoff } from 'cockatiel';
import { AppError } from '../../shared/index.js';
import { aborted } from '../aborted.js';
import { wasNeverConnected } from '../never-connected.js';
import type { CallOptions, Generation, TextGenerationProvider } from '../text-generation.port.js';
import { WrappedProvider } from './wrapped.provider.js';

/** Faults that pass: 408, 409, 429, 5xx and broken connections. An open circuit is left to the caller. */
const PASSING = ['provider.timeout', 'provider.unreachable', 'provider.rate_limited', 'provider.overloaded'];
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 60_000;

/**
 * Repeats a call that failed in passing, within the one reservation it was given. Waits grow exponentially with jitter,
 * on top of what the provider asked for; a wait that would outlast the run is not begun and the fault stands.
 */
export class RetryingProvider extends WrappedProvider {
  constructor(
    inner: TextGenerationProvider,
    private readonly maxRetries: number,
  ) {
    super(inner);
  }

  // The library's own retry policy sleeps through an abort, so only its backoff is used.
  protected async call<T>(
    attempt: () => Promise<Generation<T>>,
    options: CallOptions,
  ): Promise<Generation<T>> {
    let backoff: IBackoff<unknown> = new ExponentialBackoff({ initialDelay: FIRST_WAIT_MS }).next();
    for (let retry = 1; ; retry++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof AppError) || retry > this.maxRetries || !passes(error)) throw error;
        const waitMs = Math.round(backoff.duration) + (error.retryAfterSeconds ?? 0) * 1000;
        if (waitMs >= Math.min(LONGEST_WAIT_MS, options.remainingMs?.() ?? Number.POSITIVE_INFINITY))
          throw error;
        options.onRetry?.({ attempt: retry, waitMs, code: error.code, wasSent: !wasNeverConnected(error) });
        await pause(waitMs, options.signal);
        backoff = backoff.next(undefined);
      }
    }
  }
}

function passes(error: AppError): boolean {
  return error.retryable && PASSING.includes(error.code);
}

async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(waitMs, undefined, { signal });
  } catch {
    throw aborted(signal);
  }
}
