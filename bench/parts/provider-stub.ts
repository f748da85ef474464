import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCall, writeAnswer } from '../../test/support/openai-stub-writer.js';
import { Random } from '../corpus/random.js';

/** How the stub answers from now on, counting anew; with neither, only its counts are asked for. */
export interface StubOrder {
  readonly failingShare?: number;
  /** How long it takes to each answer, or fault. */
  readonly delayMs?: number;
}

export interface StubReply {
  readonly baseUrl: string;
  readonly calls: number;
  readonly failures: number;
  /** Calls by what was to be written. */
  readonly byTask: Readonly<Record<string, number>>;
  /** The time during which at least one call was under way, on its own clock. */
  readonly busyMs: number;
  /** Calls under way now. */
  readonly pending: number;
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

/** An OpenAI-compatible server in a process of its own that answers, or fails, as it is told. */
async function run(send: (reply: StubReply) => void): Promise<void> {
  const random = new Random(SEED);
  const tally = new Tally();
  let failingShare = 0;
  let delayMs = 0;

  const server = createServer(async (request, response) => {
    // The application asks for the list of models to see whether somebody is there.
    if (request.method === 'GET') return json(response, 200, { object: 'list', data: [] });
    const end = tally.begin();
    response.once('close', end);
    const call = readCall('chat', await text(request));
    tally.called(call.schemaName, String(request.headers['idempotency-key']));
    if (delayMs > 0) await sleep(delayMs);
    if (response.destroyed) return;
    if (random.next() >= failingShare) return json(response, 200, completion(call.model, writeAnswer(call)));
    tally.failures++;
    random.pick(FAULTS)(response);
  });
  // Whoever opened a connection has to close it: here, one that was forgotten stays open.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    tally.opened();
    socket.on('close', () => tally.closed());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  process.on('message', (order: StubOrder) => {
    if (order.failingShare !== undefined || order.delayMs !== undefined) {
      failingShare = order.failingShare ?? failingShare;
      delayMs = order.delayMs ?? delayMs;
      tally.restart();
    }
    send({ baseUrl, ...tally.counts() });
  });
  process.on('disconnect', () => process.exit(0));
  send({ baseUrl, ...tally.counts() });
}

/** Counts what the stub is asked. */
class Tally {
  failures = 0;
  private calls = 0;
  private byTask: Record<string, number> = {};
  private readonly callsOf = new Map<string, number>();
  private pending = 0;
  private busyMs = 0;
  private busySinceMs = 0;
  private openSockets = 0;
  private mostSockets = 0;

  /** A call came in; the function it gives is told when it is over. */
  begin(): () => void {
    if (this.pending++ === 0) this.busySinceMs = performance.now();
    return () => {
      if (--this.pending === 0) this.busyMs += performance.now() - this.busySinceMs;
    };
  }

  called(task: string, reservation: string): void {
    this.calls++;
    this.byTask[task] = (this.byTask[task] ?? 0) + 1;
    this.callsOf.set(reservation, (this.callsOf.get(reservation) ?? 0) + 1);
  }

  opened(): void {
    this.mostSockets = Math.max(this.mostSockets, ++this.openSockets);
  }

  closed(): void {
    this.openSockets--;
  }

  restart(): void {
    this.calls = this.failures = this.busyMs = 0;
    this.byTask = {};
    this.callsOf.clear();
    this.busySinceMs = performance.now();
  }

  counts(): Omit<StubReply, 'baseUrl'> {
    const { calls, failures, byTask, pending, busyMs, callsOf, openSockets, mostSockets } = this;
    const mostCalls = Math.max(0, ...callsOf.values());
    const spent = { reservations: callsOf.size, mostCalls };
    return { calls, failures, byTask, pending, busyMs, ...spent, openSockets, mostSockets };
  }
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
