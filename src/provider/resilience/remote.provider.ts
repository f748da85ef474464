import type { Clock } from '../../shared/index.js';
import type { CallOptions, Generation, TextGenerationProvider } from '../text-generation.port.js';
import { CircuitBreakerProvider, type CircuitStateName } from './circuit-breaker.provider.js';
import { RateLimitedProvider } from './rate-limited.provider.js';
import { RateLimiter, type RateLimits } from './rate-limiter.js';
import { RetryingProvider } from './retrying.provider.js';
import { WrappedProvider } from './wrapped.provider.js';

/** An adapter whose endpoint can be asked whether it is there. */
export interface Probed {
  /** Ends without error where the endpoint answers; throws `AppError` with code `provider.*` otherwise. */
  probe(signal: AbortSignal): Promise<void>;
}

export interface RemoteSettings extends RateLimits {
  readonly maxRetries: number;
}

/** A provider behind a network: retries round a circuit breaker round a rate limit round the adapter. */
export class RemoteProvider extends WrappedProvider implements Probed {
  private readonly breaker: CircuitBreakerProvider;

  constructor(
    private readonly adapter: TextGenerationProvider & Probed,
    settings: RemoteSettings,
    clock: Clock,
  ) {
    const limited = new RateLimitedProvider(adapter, new RateLimiter(settings, clock));
    const breaker = new CircuitBreakerProvider(limited, clock);
    super(new RetryingProvider(breaker, settings.maxRetries));
    this.breaker = breaker;
  }

  /** Whether calls reach the endpoint at present, for health and metrics. */
  circuit(): CircuitStateName {
    return this.breaker.state();
  }

  /** Asks the endpoint itself, past the breaker. */
  probe(signal: AbortSignal): Promise<void> {
    return this.adapter.probe(signal);
  }

  protected call<T>(attempt: () => Promise<Generation<T>>, _options: CallOptions): Promise<Generation<T>> {
    return attempt();
  }
}
