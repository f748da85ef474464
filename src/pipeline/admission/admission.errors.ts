import { AppError } from '../../shared/index.js';

export function queueFull(retryAfterSeconds: number): AppError {
  return new AppError(
    'pipeline.queue_full',
    'unavailable',
    'This process has as many queries as it can take.',
    { hint: 'Repeat the request after the time in Retry-After.', retryAfterSeconds },
  );
}

export function ownerQueueFull(retryAfterSeconds: number): AppError {
  return new AppError(
    'pipeline.owner_queue_full',
    'rate_limited',
    'As many of your queries wait here as one user may have waiting.',
    {
      hint: 'Wait for the answers to those that you sent, or repeat this one after the time in Retry-After.',
      retryable: true,
      retryAfterSeconds,
    },
  );
}

/** Nobody receives it: it ends the request of a caller that went away. */
export function callerGone(): AppError {
  return new AppError('pipeline.caller_gone', 'timeout', 'The caller went away before its turn came.', {
    hint: 'Repeat the request.',
    retryable: true,
  });
}
