import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type Clock, type ErrorKind, SystemClock } from '../shared/index.js';
import type { SentRequest } from './curl-command.js';
import { eventMessages } from './event-messages.js';

/** One request to the API. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly json?: unknown;
  /** A body that is sent as it is, with its media type and the file it comes from. */
  readonly body?: { readonly stream: Readable; readonly mediaType: string; readonly file: string };
  readonly signal?: AbortSignal;
}

export interface ApiResponse<T> {
  readonly body: T;
  readonly requestId: string;
}

/** A request and how it was answered, for `--verbose`. */
export interface Exchange {
  readonly request: SentRequest;
  readonly status: number;
  readonly requestId: string;
  /** Until the head of the answer was there. */
  readonly durationMs: number;
}

/** A step that is told before an answer, by name and as the API says it. */
export interface ToldStep {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
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
  private readonly clock: Clock = new SystemClock();

  constructor(
    readonly baseUrl: string,
    readonly token: string,
    private readonly told: (exchange: Exchange) => void = () => {},
  ) {}

  async send<T>(request: ApiRequest): Promise<ApiResponse<T>> {
    return this.read(await this.fetch(request));
  }

  /** Sends and tells each step before the answer; a server that tells none just answers. */
  async follow<T>(request: ApiRequest, seen: (step: ToldStep) => void): Promise<ApiResponse<T>> {
    const response = await this.fetch(request, 'text/event-stream, application/json;q=0.9');
    if (!response.ok || !response.headers.get('content-type')?.startsWith('text/event-stream'))
      return this.read(response);
    const requestId = idOf(response);
    for await (const { name, data } of this.messages(response)) {
      if (name === 'answer') return { body: JSON.parse(data) as T, requestId };
      if (name === 'problem') throw problemFrom(statusOf(data), data, this.baseUrl);
      seen({ name, body: JSON.parse(data) as Record<string, unknown> });
    }
    throw new AppError('cli.stream_ended', 'unavailable', 'The server ended before it answered.', {
      hint: 'mcg-agent runs shows whether the run goes on; its answer can be read there.',
      details: { request_id: requestId },
    });
  }

  /** The body of an answer as it comes; it fails where the line breaks before its end. */
  async open(request: ApiRequest): Promise<ReadableStream<Uint8Array>> {
    const response = await this.fetch(request, '*/*');
    if (!response.ok || response.body === null) {
      await this.read(response);
      throw stranger(this.baseUrl, response.status, 'bad_gateway');
    }
    return response.body;
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

  private async read<T>(response: Response): Promise<ApiResponse<T>> {
    const text = await response.text().catch((error) => {
      throw unreachable(this.baseUrl, error);
    });
    if (!response.ok) throw problemFrom(response.status, text, this.baseUrl);
    try {
      // A deletion is answered with nothing.
      return { body: (text === '' ? undefined : JSON.parse(text)) as T, requestId: idOf(response) };
    } catch {
      throw stranger(this.baseUrl, response.status, 'bad_gateway');
    }
  }

  private async *messages(response: Response) {
    try {
      yield* eventMessages(response.body!);
    } catch (error) {
      throw unreachable(this.baseUrl, error);
    }
  }

  private async fetch(request: ApiRequest, accept = 'application/json'): Promise<Response> {
    const sent = this.requestOf(request, accept);
    const init: RequestInit & { duplex?: 'half' } = { method: sent.method, headers: { ...sent.headers } };
    if (request.signal) init.signal = request.signal;
    if (request.body) Object.assign(init, { body: request.body.stream, duplex: 'half' });
    else if (typeof sent.body === 'string') init.body = sent.body;
    const startMs = this.clock.elapsedMs();
    try {
      const response = await fetch(sent.url, init);
      const durationMs = Math.round(this.clock.elapsedMs() - startMs);
      this.told({ request: sent, status: response.status, requestId: idOf(response), durationMs });
      return response;
    } catch (error) {
      throw unreachable(this.baseUrl, error);
    }
  }

  private requestOf({ method = 'GET', path, query, json, body }: ApiRequest, accept: string): SentRequest {
    const url = new URL(this.baseUrl + path);
    for (const [name, value] of Object.entries(query ?? {}))
      for (const each of Array.isArray(value) ? value : [value])
        if (each !== undefined) url.searchParams.append(name, String(each));
    const headers = { authorization: `Bearer ${this.token}`, accept };
    const withType = (mediaType: string) => ({ ...headers, 'content-type': mediaType });
    const sent = { method, url: url.href };
    if (body) return { ...sent, headers: withType(body.mediaType), body: { file: body.file } };
    if (json === undefined) return { ...sent, headers, body: null };
    return { ...sent, headers: withType('application/json'), body: JSON.stringify(json) };
  }
}

function idOf(response: Response): string {
  return response.headers.get('x-request-id') ?? 'none';
}

function statusOf(problem: string): number {
  const { status } = JSON.parse(problem) as { status?: unknown };
  return typeof status === 'number' ? status : 500;
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
    return stranger(baseUrl, status, kind);
  }
}

function stranger(baseUrl: string, status: number, kind: ErrorKind): AppError {
  const message = `${baseUrl} answered ${status}, but not as an MCG Agent does.`;
  return new AppError('cli.not_an_mcg_agent', kind, message, { hint: 'Check MCG_API_URL.' });
}

function unreachable(baseUrl: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const inner = (cause as Error).cause as NodeJS.ErrnoException | undefined;
  const reason = inner?.code ?? inner?.message ?? (cause as Error).message;
  return new AppError('cli.server_unreachable', 'unavailable', `${baseUrl} cannot be reached (${reason}).`, {
    hint: 'Check MCG_API_URL, or unset it to work without a server.',
    cause,
  });
}
