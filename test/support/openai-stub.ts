import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AnswerParts,
  chatCompletion,
  errorBody,
  responseObject,
} from '../fixtures/openai-answers.fixture.js';
import { readCall, type StubCall, writeAnswer } from './openai-stub-writer.js';

/** What the server does with one call instead of answering it. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly code?: string; readonly headers?: Headers }
  | { readonly kind: 'parts'; readonly parts: AnswerParts }
  | { readonly kind: 'body'; readonly body: string; readonly type?: string }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'until'; readonly released: Promise<void> }
  | { readonly kind: 'drip'; readonly everyMs: number }
  | { readonly kind: 'reset' | 'hang' | 'half_body' | 'no_choices' | 'huge' };
type Headers = Readonly<Record<string, string>>;
type Api = 'chat' | 'responses';

const PATHS: readonly (readonly [string, Api])[] = [
  ['/chat/completions', 'chat'],
  ['/responses', 'responses'],
];

/** A server that speaks the OpenAI protocol on loopback and fails as it is told. */
export class OpenAiStub {
  /** Chooses what happens to a call; answering it when it gives null. */
  faultFor: (ordinal: number) => Fault | null = () => null;
  /** Writes the answer to a call that meets no fault. */
  write: (call: StubCall, choice: number) => string = writeAnswer;
  /** What it lists; a name may have a tag after a colon. */
  models = ['gpt-4.1-mini', 'local-model:latest', 'm'];
  calls: StubCall[] = [];
  /** What it received, byte for byte. */
  bodies: string[] = [];
  readonly requests: { readonly url: string; readonly headers: IncomingMessage['headers'] }[] = [];
  readonly reservations = new Set<string>();
  /** Calls whose connection closed before they were answered. */
  abandoned = 0;
  private readonly sockets = new Set<Socket>();
  private readonly stopped = new AbortController();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OpenAiStub> {
    const server = createServer();
    const stub = new OpenAiStub(server);
    server.on('request', (request, response) => void stub.take(request, response));
    server.on('connection', (socket) => {
      stub.sockets.add(socket);
      socket.on('close', () => stub.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  get openSockets(): number {
    return this.sockets.size;
  }

  /** The next calls meet these faults in their order, later ones are answered. */
  failNext(...faults: readonly (Fault | null)[]): void {
    const first = this.calls.length;
    this.faultFor = (ordinal) => faults[ordinal - first] ?? null;
  }

  /** Once so many calls have come in. */
  async called(times: number): Promise<void> {
    while (this.calls.length < times) await sleep(20, undefined, { signal: this.stopped.signal });
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('close', () => {
      if (!response.writableFinished) this.abandoned++;
    });
    const { url = '', headers } = request;
    this.requests.push({ url, headers });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = url.split('?')[0] ?? '';
    const api = PATHS.find(([end]) => path.endsWith(end))?.[1];
    if (api === undefined) return this.other(path, response);
    const reservation = headers['idempotency-key'];
    if (typeof reservation === 'string') this.reservations.add(reservation);
    const body = Buffer.concat(chunks).toString('utf8');
    this.bodies.push(body);
    const call = readCall(api, body);
    const fault = this.faultFor(this.calls.length);
    this.calls.push(call);
    // A call that outlives the stub, or its caller, ends in a closed connection; nobody waits for more.
    await this.answer(api, call, fault, response).catch(() => response.destroy());
  }

  private other(path: string, response: ServerResponse): void {
    if (path.endsWith('/models'))
      json(response, 200, { object: 'list', data: this.models.map((id) => ({ id })) });
    else json(response, 404, errorBody('Invalid URL', null));
  }

  private async answer(api: Api, call: StubCall, fault: Fault | null, response: ServerResponse) {
    const object = api === 'chat' ? chatCompletion : responseObject;
    const contents = Array.from({ length: call.choices }, (_, choice) => this.write(call, choice));
    const [content = ''] = contents;
    const whole = () => object(call.model, { content, otherContents: contents.slice(1) });
    switch (fault?.kind) {
      case undefined:
        return call.stream ? stream(api, call, content, response) : json(response, 200, whole());
      case 'status':
        return json(response, fault.status, errorBody('told to fail', fault.code ?? null), fault.headers);
      case 'parts':
        return json(response, 200, object(call.model, { content, ...fault.parts }));
      case 'body':
        return response.writeHead(200, { 'content-type': fault.type ?? 'application/json' }).end(fault.body);
      case 'no_choices':
        return json(response, 200, { ...whole(), choices: [], output: [] });
      case 'reset':
        return response.socket?.resetAndDestroy();
      case 'half_body':
        return half(response, JSON.stringify(whole()));
      case 'hang':
        return undefined;
      case 'huge':
        return json(response, 200, object(call.model, { content: 'x'.repeat(10_485_760) }));
      case 'delay':
        await sleep(fault.ms, undefined, { signal: this.stopped.signal });
        return json(response, 200, whole());
      case 'until':
        await fault.released;
        return json(response, 200, whole());
      case 'drip':
        return this.drip(response, JSON.stringify(whole()), fault.everyMs);
    }
  }

  private async drip(response: ServerResponse, text: string, everyMs: number): Promise<void> {
    response.writeHead(200, { 'content-type': 'application/json' });
    for (const character of text) {
      if (response.destroyed) return;
      response.write(character);
      await sleep(everyMs, undefined, { signal: this.stopped.signal });
    }
    response.end();
  }
}

function json(response: ServerResponse, status: number, body: object, headers: Headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function half(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

/** Server-sent events, as either API sends them. */
function stream(api: Api, call: StubCall, content: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of [content.slice(0, 10), content.slice(10)]) {
    const event =
      api === 'chat'
        ? {
            object: 'chat.completion.chunk',
            model: call.model,
            choices: [{ index: 0, delta: { content: piece } }],
          }
        : { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: piece };
    response.write(
      `${api === 'chat' ? '' : 'event: response.output_text.delta\n'}data: ${JSON.stringify(event)}\n\n`,
    );
  }
  response.end(api === 'chat' ? 'data: [DONE]\n\n' : '');
}
