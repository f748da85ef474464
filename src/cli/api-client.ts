import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type ErrorKind } from '../shared/index.js';

/** One request to the API. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly json?: unknown;
  /** A body that is sent as it is, with its media type. */
  readonly body?: { readonly stream: Readable; readonly mediaType: string };
}

export interface ApiResponse<T> {
  readonly body: T;
  readonly requestId: string;
}

const KINDS: Readonly<Record<number, ErrorKind>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_media',
  422: 'unprocessable',
  429: 'rate_limited',
  502: 'bad_gateway',
  503: 'unavailable',
  504: 'timeout',
};

/** Speaks to the HTTP API; a problem document becomes an `AppError` again. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    readonly token: string,
  ) {}

  async send<T>(request: ApiRequest): Promise<ApiResponse<T>> {
    const response = await this.fetch(request);
    const requestId = response.headers.get('x-request-id') ?? 'none';
    const text = await response.text();
    // A deletion is answered with nothing.
    if (response.ok) return { body: (text === '' ? undefined : JSON.parse(text)) as T, requestId };
    throw problemFrom(response.status, text, this.baseUrl);
  }

  /** Asks again until `isDone`, as gently as the wait grows: 0.1 s to 2 s. */
  async poll<T>(path: string, isDone: (body: T) => boolean, seen: (body: T) => void): Promise<T> {
    for (let waitMs = 100; ; waitMs = Math.min(waitMs * 1.5, 2_000)) {
      const { body } = await this.send<T>({ path });
      seen(body);
      if (isDone(body)) return body;
      await sleep(waitMs);
    }
  }

  private async fetch(request: ApiRequest): Promise<Response> {
    const url = new URL(this.baseUrl + request.path);
    for (const [name, value] of Object.entries(request.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const headers = new Headers({ authorization: `Bearer ${this.token}`, accept: 'application/json' });
    if (request.json !== undefined) headers.set('content-type', 'application/json');
    if (request.body) headers.set('content-type', request.body.mediaType);
    const init: RequestInit & { duplex?: 'half' } = { method: request.method ?? 'GET', headers };
    if (request.json !== undefined) init.body = JSON.stringify(request.json);
    if (request.body) Object.assign(init, { body: request.body.stream, duplex: 'half' });
    try {
      return await fetch(url, init);
    } catch (error) {
      throw unreachable(this.baseUrl, error);
    }
  }
}

function problemFrom(status: number, text: string, baseUrl: string): AppError {
  const kind = KINDS[status] ?? 'internal';
  try {
    const problem = JSON.parse(text) as Record<string, unknown>;
    if (typeof problem['code'] !== 'string') throw new SyntaxError('not a problem document');
    return new AppError(problem['code'], kind, String(problem['detail']), {
      ...(typeof problem['hint'] === 'string' ? { hint: problem['hint'] } : {}),
      ...(typeof problem['task_id'] === 'string' ? { taskId: problem['task_id'] } : {}),
      details: problem,
    });
  } catch {
    return new AppError(
      'cli.not_an_mcg_agent',
      kind,
      `${baseUrl} answered ${status}, but not as an MCG Agent does.`,
      {
        hint: 'Check MCG_API_URL.',
      },
    );
  }
}

function unreachable(baseUrl: string, cause: unknown): AppError {
  const inner = (cause as Error).cause as NodeJS.ErrnoException | undefined;
  const reason = inner?.code ?? inner?.message ?? (cause as Error).message;
  return new AppError('cli.server_unreachable', 'unavailable', `${baseUrl} cannot be reached (${reason}).`, {
    hint: 'Check MCG_API_URL, or unset it to work without a server.',
    cause,
  });
}
