import OpenAI from 'openai';
import type { OpenAiSettings } from '../../config/index.js';
import { boundedFetch } from './bounded-fetch.js';

/** The SDK for one server, told all that it would otherwise read from the environment by itself. */
export function openAiClient(settings: OpenAiSettings): OpenAI {
  const url = new URL(settings.baseUrl ?? 'https://api.openai.com/v1');
  const defaultQuery = Object.fromEntries(url.searchParams);
  url.search = '';
  return new OpenAI({
    // Without credentials the SDK does not start; the header is then left out.
    apiKey: settings.apiKey || 'none',
    baseURL: url.href.replace(/\/+$/, ''),
    organization: settings.organization,
    timeout: settings.timeoutMs,
    maxRetries: 0,
    fetch: boundedFetch,
    defaultQuery,
    defaultHeaders: authenticationOf(url, settings.apiKey),
    logLevel: 'off',
    adminAPIKey: null,
    project: null,
    webhookSecret: null,
  });
}

/** Azure takes its key in a header of its own; a server on this machine may need none. */
export function authenticationOf(url: URL, apiKey: string): Record<string, string | null> {
  if (apiKey === '') return { Authorization: null };
  return url.hostname.endsWith('.azure.com') ? { Authorization: null, 'api-key': apiKey } : {};
}
