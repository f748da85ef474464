import { Injectable } from '@nestjs/common';
import { EventsConfig } from '../../config/index.js';
import { AppError } from '../../shared/index.js';

/** One user has at most this share of all places, so that one who opens many leaves room for others. */
const OWNER_SHARE = 0.5;
const RETRY_AFTER_SECONDS = 5;

/** How many read events at once, in all and of one user. */
@Injectable()
export class RunReaders {
  private readonly byUser = new Map<string, number>();
  private all = 0;

  constructor(private readonly limits: EventsConfig) {}

  /**
   * Takes a place and gives back how to leave it, which may be called twice. Throws `pipeline.readers_full` (503) or
   * `pipeline.own_readers_full` (429).
   */
  enter(userId: string): () => void {
    const own = this.byUser.get(userId) ?? 0;
    if (this.all >= this.limits.maxReaders) throw full();
    if (own >= Math.max(1, Math.floor(this.limits.maxReaders * OWNER_SHARE))) throw ownFull();
    this.all++;
    this.byUser.set(userId, own + 1);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.all--;
      const rest = this.byUser.get(userId)! - 1;
      if (rest > 0) this.byUser.set(userId, rest);
      else this.byUser.delete(userId);
    };
  }
}

function full(): AppError {
  return new AppError('pipeline.readers_full', 'unavailable', 'Too many readers of events are connected.', {
    hint: 'Come back after the time in Retry-After, or read GET /runs/:task_id.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

function ownFull(): AppError {
  return new AppError('pipeline.own_readers_full', 'rate_limited', 'You have too many event streams open.', {
    hint: 'Close some of them; GET /runs/:task_id says how a run stands.',
    retryable: true,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
