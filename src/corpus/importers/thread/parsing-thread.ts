import { Worker } from 'node:worker_threads';

/** What became of a job that a thread was given. */
export type ThreadResult<Reply> =
  | { readonly kind: 'done'; readonly reply: Reply }
  /** The job took too long, or more memory or stack than it may; its thread is gone. */
  | { readonly kind: 'failed'; readonly reason: 'time' | 'memory or fault' };

const MAX_HEAP_MB = 768;
const IDLE_MS = 2_000;

interface Pending<Reply> {
  finish(result: ThreadResult<Reply>): void;
}

/**
 * Runs a parser that nobody can interrupt in a thread of its own: a file that is made to hang it or to fill memory costs
 * its time limit and nothing else. The thread starts when it is needed and ends when it is idle.
 */
export class ParsingThread<Job, Reply> {
  #worker: Worker | null = null;
  #pending: Pending<Reply> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  /** `script` is the thread's body: it answers each message with one. */
  constructor(
    private readonly script: URL,
    private readonly timeoutMs: number,
  ) {}

  /** Jobs wait for their turn; the time counts from its beginning. */
  ask(job: Job): Promise<ThreadResult<Reply>> {
    const result = this.#last.then(() => this.#perform(job));
    this.#last = result;
    return result;
  }

  #perform(job: Job): Promise<ThreadResult<Reply>> {
    clearTimeout(this.#idle);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#fail('time'), this.timeoutMs);
      this.#pending = {
        finish: (result) => {
          clearTimeout(timer);
          this.#pending = null;
          this.#rest();
          resolve(result);
        },
      };
      this.#worker ??= this.#start();
      this.#worker.ref();
      this.#worker.postMessage(job);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.script, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    worker.on('message', (reply: Reply) => this.#pending?.finish({ kind: 'done', reply }));
    worker.on('error', () => this.#fail('memory or fault', worker));
    worker.on('exit', () => this.#fail('memory or fault', worker));
    return worker;
  }

  #fail(reason: 'time' | 'memory or fault', worker = this.#worker): void {
    // A thread that was left already has nothing to say about the one that took its place.
    if (worker === null || worker !== this.#worker) return;
    this.#worker = null;
    void worker.terminate();
    this.#pending?.finish({ kind: 'failed', reason });
  }

  #rest(): void {
    this.#worker?.unref();
    this.#idle = setTimeout(() => {
      const worker = this.#worker;
      this.#worker = null;
      void worker?.terminate();
    }, IDLE_MS).unref();
  }
}

/** The body of a thread: built beside its caller, or, run from the sources, the TypeScript that Node runs as it stands. */
export function threadScript(name: string, callerUrl: string): URL {
  return new URL(`./${name}.${callerUrl.endsWith('.ts') ? 'ts' : 'js'}`, callerUrl);
}
