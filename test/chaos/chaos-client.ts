import { mintToken } from '../../src/auth/index.js';
import { parseSettings } from '../../src/config/index.js';
import { SCOPES, SystemClock } from '../../src/shared/index.js';

export const SECRET = 'a secret of the chaos harness, long enough to sign with';
const TOKEN_MINUTES = 600;

export interface Question {
  readonly owner: string;
  readonly prompt: string;
  readonly isAsync: boolean;
}

/** What came of one request. `cut`: the line was lost, and nobody knows. */
export interface Reply {
  readonly kind: 'answered' | 'accepted' | 'refused' | 'cut';
  readonly status: number;
  readonly taskId: string | null;
  readonly content: string | null;
  readonly code: string | null;
  readonly isRetryable: boolean;
  readonly waitMs: number;
}

const CUT: Reply = {
  kind: 'cut',
  status: 0,
  taskId: null,
  content: null,
  code: null,
  isRetryable: true,
  waitMs: 100,
};
const MOST_WAIT_MS = 1_000;

/** Asks servers over HTTP, as callers do. */
export class ChaosClient {
  private readonly tokens = new Map<string, string>();

  async headers(owner: string): Promise<Record<string, string>> {
    let token = this.tokens.get(owner);
    if (token === undefined) {
      const { auth } = parseSettings({ JWT_SECRET_KEY: SECRET });
      const request = { userId: owner, scopes: SCOPES, minutes: TOKEN_MINUTES };
      token = await mintToken(auth, new SystemClock(), request);
      this.tokens.set(owner, token);
    }
    return { authorization: `Bearer ${token}` };
  }

  /** Sends a question once, under its key. */
  async send(url: string, question: Question, key: string, signal?: AbortSignal): Promise<Reply> {
    const { owner, prompt, isAsync } = question;
    const headers = {
      ...(await this.headers(owner)),
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    const body = JSON.stringify(isAsync ? { prompt, async: true } : { prompt });
    try {
      const response = await fetch(`${url}/query`, {
        method: 'POST',
        headers,
        body,
        signal: signal ?? null,
      });
      return replyOf(response, await response.text());
    } catch {
      return CUT;
    }
  }

  /** Imports a text and waits until it can be found. */
  async importNote(url: string, owner: string, note: string): Promise<void> {
    const headers = { ...(await this.headers(owner)), 'content-type': 'text/plain' };
    const response = await fetch(`${url}/corpora/personal/import`, { method: 'POST', headers, body: note });
    const started = (await response.json()) as { import_id?: string };
    if (started.import_id === undefined) throw new Error(`no import: ${JSON.stringify(started)}`);
    for (;;) {
      const status = await fetch(`${url}/imports/${started.import_id}`, { headers });
      const { state } = (await status.json()) as { state: string };
      if (state === 'succeeded') return;
      if (state !== 'running') throw new Error(`the import ended ${state}`);
    }
  }
}

function replyOf(response: Response, text: string): Reply {
  const said = parsed(text);
  const kind = response.status === 202 ? 'accepted' : response.status === 200 ? 'answered' : 'refused';
  const retryAfter = Number(response.headers.get('retry-after') ?? '0.2');
  return {
    kind,
    status: response.status,
    taskId: said.task_id ?? null,
    content: said.content ?? null,
    code: said.code ?? null,
    isRetryable: said.retryable === true || response.headers.has('retry-after'),
    waitMs: Math.min(MOST_WAIT_MS, retryAfter * 1_000),
  };
}

function parsed(text: string): { task_id?: string; content?: string; code?: string; retryable?: boolean } {
  try {
    return JSON.parse(text) as object;
  } catch {
    // Half a body of a server that was killed.
    return {};
  }
}
