import type { OpenAiSettings } from '../../config/index.js';
import type { Clock } from '../../shared/index.js';
import { RemoteProvider } from '../resilience/remote.provider.js';
import { OpenAiProvider } from './openai.provider.js';

/** The OpenAI provider with its retries, circuit breaker and rate limit; make one for each process, so that they are shared. */
export function createOpenAiProvider(
  settings: OpenAiSettings,
  { clock }: { readonly clock: Clock },
): RemoteProvider {
  return new RemoteProvider(new OpenAiProvider(settings, clock), settings, clock);
}
