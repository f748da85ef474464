import type { AppError } from '../../shared/index.js';

const FIRST_SECONDS = 5;
const MAX_SECONDS = 300;

/**
 * When a run that nobody waits for is tried again, in seconds from now: 5, 10, 20, …, at most 300, and never before
 * the time that the fault itself names. Null where the end is final: the fault would come again, or `attempts`
 * (this one included) has reached `maxAttempts`.
 */
export function retryAfterSeconds(
  { retryable, retryAfterSeconds: named = 0 }: Pick<AppError, 'retryable' | 'retryAfterSeconds'>,
  attempts: number,
  maxAttempts: number,
): number | null {
  if (!retryable || attempts >= maxAttempts) return null;
  return Math.min(MAX_SECONDS, Math.max(named, FIRST_SECONDS * 2 ** (attempts - 1)));
}
