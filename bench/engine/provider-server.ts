import { setTimeout as sleep } from 'node:timers/promises';
import type { StubOrder, StubReply } from '../parts/provider-stub.js';
import { Worker } from './worker.js';

/** Idle connections are kept for some seconds. */
const SOCKETS_CLOSED_MS = 15_000;
const POLL_MS = 300;

/** The stand-in of an API, outside this process so that it does not share its event loop. */
export class ProviderServer {
  private constructor(private readonly worker: Worker<StubOrder, StubReply>) {}

  static async start(): Promise<ProviderServer> {
    return new ProviderServer(await Worker.start<StubOrder, StubReply>('../parts/provider-stub.js'));
  }

  get baseUrl(): string {
    return this.worker.ready.baseUrl;
  }

  tell(order: StubOrder): Promise<StubReply> {
    return this.worker.tell(order);
  }

  /** What it says when nobody holds a connection any more, or when it is time that nobody did. */
  async afterwards(): Promise<StubReply> {
    const untilMs = performance.now() + SOCKETS_CLOSED_MS;
    for (;;) {
      const reply = await this.tell({});
      if (reply.openSockets === 0 || performance.now() > untilMs) return reply;
      await sleep(POLL_MS);
    }
  }

  stop(): Promise<void> {
    return this.worker.stop();
  }
}
