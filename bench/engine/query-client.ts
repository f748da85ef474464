import { mintToken } from '../../src/auth/index.js';
import { SystemClock } from '../../src/shared/index.js';
import type { Engine } from './engine.js';
import { OWNER } from './loaded-server.js';

export interface QueryReply {
  readonly status: number;
  readonly body: string;
  /** As the header says; null without one. */
  readonly retryAfterSeconds: number | null;
}

/** Asks a server over HTTP, as a caller would. */
export class QueryClient {
  private constructor(
    private readonly url: string,
    /** What goes with each request. */
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  static async for(engine: Engine, url: string): Promise<QueryClient> {
    const request = { userId: OWNER, scopes: ['query' as const, 'admin' as const], minutes: 240 };
    const token = await mintToken(engine.settings.auth, new SystemClock(), request);
    return new QueryClient(url, { authorization: `Bearer ${token}`, 'content-type': 'application/json' });
  }

  /** The milliseconds from the request to the last byte of its answer. */
  async ask(prompt: string): Promise<number> {
    const startedMs = performance.now();
    const { status, body } = await this.post(prompt);
    const passedMs = performance.now() - startedMs;
    // A held answer (422) is a full run as well.
    if (status !== 200 && status !== 422) throw new Error(`${status} for "${prompt}": ${body}`);
    return passedMs;
  }

  /** Whatever comes of it; `more` goes into the body. */
  async post(prompt: string, more: Readonly<Record<string, unknown>> = {}): Promise<QueryReply> {
    const response = await fetch(`${this.url}/query`, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify({ prompt, ...more }),
    });
    const wait = response.headers.get('retry-after');
    const body = await response.text();
    return { status: response.status, body, retryAfterSeconds: wait === null ? null : Number(wait) };
  }

  /** What an administrator is shown there. Throws where it is nothing. */
  async read<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`, { headers: this.headers });
    const body = await response.text();
    if (!response.ok) throw new Error(`${response.status} for ${path}: ${body}`);
    return JSON.parse(body) as T;
  }
}
