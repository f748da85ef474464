import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCall, writeAnswer } from '../support/openai-stub-writer.js';

/** A call that reached the API. */
export interface ApiCall {
  /** The process that made it. */
  readonly process: string;
  /** What was to be written. */
  readonly task: string;
  readonly reservationId: string;
  /** All that was sent for the writer. */
  readonly user: string;
}

/** How long the API takes to each answer. */
const ANSWER_MS = 20;

/** An OpenAI-compatible API on loopback that remembers who called it, and that can be told to do something first. */
export class ApiStub {
  readonly calls: ApiCall[] = [];
  /** Asked as a call arrives; where it gives false the call is never answered. */
  onCall: (call: ApiCall) => boolean = () => true;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ApiStub> {
    const server = createServer();
    const stub = new ApiStub(server);
    server.on('request', (request, response) => {
      // Whoever is killed in mid-call is heard no more.
      stub.take(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  /** Where a process of this name calls it. */
  baseUrl(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}/v1`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return json(response, { object: 'list', data: [] });
    const body = readCall('chat', await text(request));
    const call: ApiCall = {
      process: request.url?.split('/')[1] ?? '',
      task: body.schemaName,
      reservationId: String(request.headers['idempotency-key']),
      user: body.user,
    };
    this.calls.push(call);
    if (!this.onCall(call)) return;
    await sleep(ANSWER_MS);
    json(response, completion(body.model, writeAnswer(body)));
  }
}

function completion(model: string, content: string): object {
  return {
    id: 'chatcmpl-chaos',
    object: 'chat.completion',
    created: 1_763_800_000,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 120, completion_tokens: 45, total_tokens: 165 },
  };
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
