import { mintToken } from '../../src/auth/index.js';
import { SystemClock } from '../../src/shared/index.js';
import type { Engine } from './engine.js';
import { OWNER } from './loaded-server.js';

/** Asks a server over HTTP, as a caller would. */
export class QueryClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async for(engine: Engine, url: string): Promise<QueryClient> {
    const request = { userId: OWNER, scopes: ['query' as const], minutes: 120 };
    return new QueryClient(url, await mintToken(engine.settings.auth, new SystemClock(), request));
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

  /** Whatever comes of it. */
  async post(prompt: string): Promise<{ readonly status: number; readonly body: string }> {
    const response = await fetch(`${this.url}/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ prompt }),
    });
    return { status: response.status, body: await response.text() };
  }
}
