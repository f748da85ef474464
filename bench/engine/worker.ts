import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How a worker is started. */
export interface WorkerOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** A part of the bench in a process of its own: it says one thing when it is ready, and one to each order. */
export class Worker<Order extends object, Reply> {
  private constructor(
    private readonly child: ChildProcess,
    /** What it said when it was ready. */
    readonly ready: Reply,
  ) {}

  /** `path` is relative to this folder. Rejects where it ends before it is ready. */
  static async start<Order extends object, Reply>(
    path: string,
    { environment = {}, folder }: WorkerOptions = {},
  ): Promise<Worker<Order, Reply>> {
    const child = fork(fileURLToPath(new URL(path, import.meta.url)), [], { env: environment, cwd: folder });
    return new Worker<Order, Reply>(child, await replyOf<Reply>(child));
  }

  /** One order at a time. */
  tell(order: Order): Promise<Reply> {
    const reply = replyOf<Reply>(this.child);
    this.child.send(order);
    return reply;
  }

  async stop(): Promise<void> {
    if (!this.child.connected) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}

function replyOf<Reply>(child: ChildProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`${child.spawnargs.at(-1)} ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Reply);
    });
  });
}
