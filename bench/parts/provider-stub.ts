import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { readCall, writeAnswer } from '../../test/support/openai-stub-writer.js';
import { Random } from '../corpus/random.js';

/** How often the stub fails from now on, counting anew; without it, only its counts are asked for. */
export interface StubOrder {
  readonly failingShare?: number;
}

export interface StubReply {
  readonly baseUrl: string;
  readonly calls: number;
  readonly failures: number;
  /** Distinct reservations that came with the calls. */
  readonly reservations: number;
  /** The most calls that came with one reservation. */
  readonly mostCalls: number;
  readonly openSockets: number;
  readonly mostSockets: number;
}

const SEED = 3;
const FAULTS: readonly ((response: ServerResponse) => void)[] = [
  (response) => json(response, 500, { error: { message: 'told to fail', code: null } }),
  (response) => json(response, 429, { error: { message: 'told to fail', code: 'rate_limit_exceeded' } }),
  (response) => response.socket?.resetAndDestroy(),
];

/** An OpenAI-compatible server in a process of its own that answers at once, or fails as often as it is told. */
async function run(send: (reply: StubReply) => void): Promise<void> {
  const random = new Random(SEED);
  const callsOf = new Map<string, number>();
  let failingShare = 0;
  let calls = 0;
  let failures = 0;
  let openSockets = 0;
  let mostSockets = 0;

  const server = createServer(async (request, response) => {
    // The application asks for the list of models to see whether somebody is there.
    if (request.method === 'GET') return json(response, 200, { object: 'list', data: [] });
    const call = readCall('chat', await text(request));
    const reservation = String(request.headers['idempotency-key']);
    callsOf.set(reservation, (callsOf.get(reservation) ?? 0) + 1);
    calls++;
    if (random.next() >= failingShare) return json(response, 200, completion(call.model, writeAnswer(call)));
    failures++;
    random.pick(FAULTS)(response);
  });
  // Whoever opened a connection has to close it: here, one that was forgotten stays open.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    mostSockets = Math.max(mostSockets, ++openSockets);
    socket.on('close', () => openSockets--);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const reply = () => {
    const mostCalls = Math.max(0, ...callsOf.values());
    send({ baseUrl, calls, failures, reservations: callsOf.size, mostCalls, openSockets, mostSockets });
  };
  process.on('message', (order: StubOrder) => {
    if (order.failingShare !== undefined) {
      failingShare = order.failingShare;
      calls = failures = 0;
      callsOf.clear();
    }
    reply();
  });
  process.on('disconnect', () => process.exit(0));
  reply();
}

function completion(model: string, content: string): object {
  return {
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1_763_800_000,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 120, completion_tokens: 45, total_tokens: 165 },
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

if (process.send) await run((reply) => void process.send?.(reply));
