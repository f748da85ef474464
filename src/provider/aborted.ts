import { AppError } from '../shared/index.js';

/** The error of a call that was cancelled: by the caller, or by the run's own time limit. */
export function aborted(signal: AbortSignal): AppError {
  return new AppError('provider.aborted', 'timeout', 'The call was cancelled before the text was written.', {
    hint: 'Repeat the request; a larger time limit (RUN_TIMEBOX_MS) leaves the writer more time.',
    retryable: true,
    cause: signal.reason,
  });
}
