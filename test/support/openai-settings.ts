import type { OpenAiSettings } from '../../src/config/index.js';

/** Settings for a server in a test, without limits but a generous time. */
export function openAiSettings(baseUrl: string, changes: Partial<OpenAiSettings> = {}): OpenAiSettings {
  return {
    apiKey: 'test-key',
    model: 'gpt-4.1-mini',
    baseUrl,
    organization: null,
    api: 'chat',
    timeoutMs: 10_000,
    maxRetries: 2,
    requestsPerMinute: null,
    tokensPerMinute: null,
    ...changes,
  };
}
