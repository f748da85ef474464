import { AppError, type Clock } from '../../shared/index.js';
import { aborted } from '../aborted.js';

export interface RateLimits {
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

interface Waiting {
  readonly tokens: number;
  readonly admit: () => void;
}

/** How many requests and tokens a minute may go out. Who came first goes first, so no run can crowd out another. */
export class RateLimiter {
  private readonly requests: Allowance;
  private readonly tokens: Allowance;
  private readonly queue: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor({ requestsPerMinute, tokensPerMinute }: RateLimits, clock: Clock) {
    this.requests = new Allowance(requestsPerMinute, clock);
    this.tokens = new Allowance(tokensPerMinute, clock);
  }

  /** Waits for a turn; throws `provider.rate_limited` at once where it would come later than `maxWaitMs`. */
  async admit(tokens: number, signal: AbortSignal, maxWaitMs: number): Promise<void> {
    if (signal.aborted) throw aborted(signal);
    const waitMs = this.waitMsFor(tokens);
    if (waitMs >= maxWaitMs) throw limited(waitMs);
    if (this.queue.length === 0 && waitMs === 0) return this.take(tokens);
    await this.turn(tokens, signal);
  }

  /** Corrects an estimate once it is known what a call really took. */
  settle(estimatedTokens: number, actualTokens: number): void {
    this.tokens.take(actualTokens - this.tokens.capped(estimatedTokens));
  }

  private waitMsFor(tokens: number): number {
    const queued = this.queue.reduce((sum, each) => sum + this.tokens.capped(each.tokens), 0);
    return Math.max(
      this.requests.waitMsFor(this.queue.length + 1),
      this.tokens.waitMsFor(queued + this.tokens.capped(tokens)),
    );
  }

  private turn(tokens: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.queue.splice(this.queue.indexOf(waiting), 1);
        reject(aborted(signal));
        this.advance();
      };
      const admit = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiting: Waiting = { tokens, admit };
      signal.addEventListener('abort', leave, { once: true });
      this.queue.push(waiting);
      this.advance();
    });
  }

  /** Lets in whoever may go now, and wakes when the next one may. */
  private advance(): void {
    clearTimeout(this.timer);
    for (let next = this.queue[0]; next !== undefined; next = this.queue[0]) {
      const waitMs = Math.max(
        this.requests.waitMsFor(1),
        this.tokens.waitMsFor(this.tokens.capped(next.tokens)),
      );
      if (waitMs > 0) {
        this.timer = setTimeout(() => this.advance(), Math.ceil(waitMs));
        return;
      }
      this.queue.shift();
      this.take(next.tokens);
      next.admit();
    }
  }

  private take(tokens: number): void {
    this.requests.take(1);
    this.tokens.take(this.tokens.capped(tokens));
  }
}

/** What may be taken now; it fills up evenly to a minute's worth. */
class Allowance {
  private left: number;
  private filledAtMs: number;
  private readonly perMinute: number;

  constructor(
    perMinute: number | null,
    private readonly clock: Clock,
  ) {
    this.perMinute = perMinute ?? Number.POSITIVE_INFINITY;
    this.left = this.perMinute;
    this.filledAtMs = clock.elapsedMs();
  }

  /** More than a minute's worth can never be there at once; such a call goes when the allowance is full. */
  capped(amount: number): number {
    return Math.min(amount, this.perMinute);
  }

  take(amount: number): void {
    this.fill();
    this.left = Math.min(this.perMinute, this.left - amount);
  }

  waitMsFor(amount: number): number {
    this.fill();
    return this.left >= amount ? 0 : ((amount - this.left) * 60_000) / this.perMinute;
  }

  private fill(): void {
    if (this.perMinute === Number.POSITIVE_INFINITY) return;
    const nowMs = this.clock.elapsedMs();
    this.left = Math.min(this.perMinute, this.left + ((nowMs - this.filledAtMs) * this.perMinute) / 60_000);
    this.filledAtMs = nowMs;
  }
}

function limited(waitMs: number): AppError {
  return new AppError(
    'provider.rate_limited',
    'unavailable',
    'Too many calls are waiting for the provider.',
    {
      hint: 'Repeat the request later; OPENAI_REQUESTS_PER_MINUTE and OPENAI_TOKENS_PER_MINUTE set the limit.',
      retryAfterSeconds: Math.ceil(waitMs / 1000),
    },
  );
}
