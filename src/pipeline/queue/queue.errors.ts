import { AppError } from '../../shared/index.js';

/** An empty place in the queue comes with the next run that ends; nobody knows when one of theirs does. */
const RETRY_AFTER_SECONDS = 10;

export function queueTooLong(maxQueued: number): AppError {
  return new AppError(
    'pipeline.queue_too_long',
    'unavailable',
    `As many runs wait for a worker as may wait (${maxQueued}).`,
    {
      hint: 'Repeat the request after the time in Retry-After; the operator can add workers or raise QUEUE_MAX_QUEUED.',
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    },
  );
}

export function ownerQueueTooLong(maxQueuedPerOwner: number): AppError {
  return new AppError(
    'pipeline.owner_queue_too_long',
    'rate_limited',
    `As many of your runs wait for a worker as one user may have waiting (${maxQueuedPerOwner}).`,
    {
      hint: 'Wait until some of them have ended (GET /runs?state=queued), then repeat this request.',
      retryable: true,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    },
  );
}

export function priorityForbidden(): AppError {
  return new AppError(
    'pipeline.priority_forbidden',
    'forbidden',
    'High priority is for tokens with the scope admin.',
    { hint: 'Leave `priority` out, or send normal or low.' },
  );
}
