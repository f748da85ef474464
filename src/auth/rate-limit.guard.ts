import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ThrottlerGuard, type ThrottlerRequest } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import { RateLimitConfig } from '../config/index.js';
import { AppError } from '../shared/index.js';
import { Metrics } from '../telemetry/index.js';
import type { AuthenticatedRequest } from './decorators.js';
import type { RateLimitRecord, RateLimitStorage } from './rate-limit-record.js';

const WINDOW_MS = 60_000;

/** Decides how often: so many requests a minute of one user, over all routes that need a token. */
export class RateLimitGuard extends ThrottlerGuard {
  private readonly rule: Omit<ThrottlerRequest, 'context'>;

  constructor(
    private readonly config: RateLimitConfig,
    storage: RateLimitStorage,
    reflector: Reflector,
    private readonly metrics: Metrics,
  ) {
    const window = { limit: config.perMinute, ttl: WINDOW_MS };
    super([window], storage, reflector);
    this.rule = {
      ...window,
      // Any other name would be added to the names of the headers.
      throttler: { ...window, name: 'default' },
      blockDuration: WINDOW_MS,
      getTracker: (request) => (request as AuthenticatedRequest).actor!.userId,
      generateKey: (_context, userId) => userId,
    };
  }

  /**
   * A route without an actor is public and has no limit. The library would look for its decorators on each route at
   * each request, which costs ten times the counting; here one limit holds for all routes, and they have no effect.
   */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (this.config.perMinute === 0 || !actor) return true;
    return this.handleRequest({ ...this.rule, context });
  }

  /** The library sets these on answers that pass only; who is refused needs them more. */
  protected override async throwThrottlingException(
    context: ExecutionContext,
    { timeToExpire, timeToBlockExpire }: RateLimitRecord,
  ): Promise<void> {
    this.metrics.refused('rate_limited');
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    reply.header(`${this.headerPrefix}-Limit`, this.config.perMinute);
    reply.header(`${this.headerPrefix}-Remaining`, 0);
    reply.header(`${this.headerPrefix}-Reset`, timeToExpire);
    throw new AppError(
      'auth.rate_limited',
      'rate_limited',
      `One user may send ${this.config.perMinute} requests a minute.`,
      {
        hint: `Repeat the request in ${timeToBlockExpire} seconds; X-RateLimit-Remaining says how many are left.`,
        retryable: true,
        retryAfterSeconds: timeToBlockExpire,
      },
    );
  }
}
