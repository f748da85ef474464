import type { CallOptions, Generation, TextGenerationProvider } from '../text-generation.port.js';
import type { RateLimiter } from './rate-limiter.js';
import { WrappedProvider } from './wrapped.provider.js';

/** Written text has about four characters to a token; an answer is about as long as a short question. */
const CHARS_PER_TOKEN = 4;

/** Holds calls back until the process may make them, first come, first served. */
export class RateLimitedProvider extends WrappedProvider {
  constructor(
    inner: TextGenerationProvider,
    private readonly limiter: RateLimiter,
  ) {
    super(inner);
  }

  protected async call<T>(
    attempt: () => Promise<Generation<T>>,
    { signal, remainingMs }: CallOptions,
    request: object,
  ): Promise<Generation<T>> {
    const estimatedTokens = Math.ceil(JSON.stringify(request).length / CHARS_PER_TOKEN);
    await this.limiter.admit(estimatedTokens, signal, remainingMs?.() ?? Number.POSITIVE_INFINITY);
    const generation = await attempt();
    this.limiter.settle(estimatedTokens, generation.usage.inputTokens + generation.usage.outputTokens);
    return generation;
  }
}
