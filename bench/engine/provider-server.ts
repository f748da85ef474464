import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StubOrder, StubReply } from '../parts/provider-stub.js';

/** The stand-in of an API, outside this process so that it does not share its event loop. */
export class ProviderServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly baseUrl: string,
  ) {}

  static async start(): Promise<ProviderServer> {
    const child = fork(fileURLToPath(new URL('../parts/provider-stub.js', import.meta.url)), [], { env: {} });
    const { baseUrl } = await replyOf(child);
    return new ProviderServer(child, baseUrl);
  }

  tell(order: StubOrder): Promise<StubReply> {
    const reply = replyOf(this.child);
    this.child.send(order);
    return reply;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}

function replyOf(child: ChildProcess): Promise<StubReply> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the stub ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as StubReply);
    });
  });
}
