import { type CircuitBreakerPolicy, CircuitState, CountBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { AppError, type Clock } from '../../shared/index.js';
import type { CallOptions, Generation, TextGenerationProvider } from '../text-generation.port.js';
import { WrappedProvider } from './wrapped.provider.js';

/** `open` refuses calls at once; `half_open` lets one through to see. */
export type CircuitStateName = 'closed' | 'open' | 'half_open';

/** Faults of the endpoint. A limit that was reached or a call that it did not like say that it is up. */
const DOWN = ['provider.timeout', 'provider.unreachable', 'provider.overloaded'];
/** Opens when more than this share of the last calls found the endpoint down: far above single, random faults. */
const OPENING = { threshold: 0.6, size: 20, minimumNumberOfCalls: 10 };
const OPEN_FOR_MS = 10_000;

/** Spares an endpoint that is down, and its callers the wait: one breaker for each endpoint. */
export class CircuitBreakerProvider extends WrappedProvider {
  private openedAtMs = 0;
  private readonly policy: CircuitBreakerPolicy;

  constructor(
    inner: TextGenerationProvider,
    private readonly clock: Clock,
    private readonly openForMs: number = OPEN_FOR_MS,
  ) {
    super(inner);
    this.policy = circuitBreaker(
      handleWhen((error) => this.isFailure(error)),
      { breaker: new CountBreaker(OPENING), halfOpenAfter: openForMs },
    );
    this.policy.onBreak(() => {
      this.openedAtMs = this.clock.elapsedMs();
    });
  }

  state(): CircuitStateName {
    if (this.policy.state === CircuitState.Closed) return 'closed';
    return this.policy.state === CircuitState.HalfOpen ? 'half_open' : 'open';
  }

  protected async call<T>(
    attempt: () => Promise<Generation<T>>,
    { signal }: CallOptions,
  ): Promise<Generation<T>> {
    // The library lets others wait for the one that tries, deaf to their time limits.
    if (this.policy.state === CircuitState.HalfOpen) throw this.refusal();
    let wasTried = false;
    try {
      return await this.policy.execute(() => {
        wasTried = true;
        return attempt();
      }, signal);
    } catch (error) {
      throw wasTried ? error : this.refusal(error);
    }
  }

  private isFailure(error: unknown): boolean {
    if (!(error instanceof AppError)) return false;
    // A trial that was cancelled proved nothing, and must not close the circuit.
    const isTrial = this.policy.state === CircuitState.HalfOpen;
    return DOWN.includes(error.code) || (isTrial && error.code === 'provider.aborted');
  }

  private refusal(cause?: unknown): AppError {
    const leftMs = this.openedAtMs + this.openForMs - this.clock.elapsedMs();
    return new AppError('provider.circuit_open', 'unavailable', 'The provider failed too often just now.', {
      hint: 'Repeat the request later; GET /providers shows whether the provider answers.',
      retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
      cause,
    });
  }
}
