import { once } from 'node:events';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { AppError } from '../../../shared/index.js';
import { aborted } from '../../aborted.js';
import { engineFailed, engineMissing, modelUnusable } from './llama.errors.js';
import type {
  LlamaJob,
  LlamaPrompt,
  LlamaReply,
  LlamaStart,
  LlamaText,
  LoadedModel,
} from './llama.protocol.js';

/** Which model, and with how much of the machine. */
export interface LlamaSettings {
  readonly modelPath: string;
  readonly contextTokens: number | null;
  readonly threads: number | null;
}

interface Pending {
  resolve(reply: LlamaReply): void;
  reject(error: AppError): void;
}

interface Thread {
  readonly worker: Worker;
  readonly model: LoadedModel;
}

// Run from the sources there is no built worker beside this file; Node runs the TypeScript one as it stands.
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './llama.worker.ts' : './llama.worker.js',
  import.meta.url,
);

/** One model in one thread, loaded once; should the thread end, the next call starts it again. */
export class LlamaEngine {
  private readonly pending = new Map<number, Pending>();
  private thread: Promise<Thread> | null = null;
  private loaded: LoadedModel | null = null;
  private lastId = 0;

  /** `packageBase` is the file or folder from which the optional package is looked for. */
  constructor(
    private readonly settings: LlamaSettings,
    private readonly packageBase: string = import.meta.url,
  ) {}

  /** Facts of the model, or null while none is loaded. */
  get model(): LoadedModel | null {
    return this.loaded;
  }

  /** Loads the model where it is not. Throws `provider.engine_missing` or `provider.model_unusable`. */
  async load(): Promise<LoadedModel> {
    return (await this.ready()).model;
  }

  async count(text: string): Promise<number> {
    const reply = await this.send((id) => ({ kind: 'count', id, text }));
    return reply.kind === 'counted' ? reply.tokens : 0;
  }

  /** Writes one text; calls wait for their turn. Aborting stops the writing and frees the model for the next call. */
  async write(prompt: LlamaPrompt, signal: AbortSignal): Promise<LlamaText> {
    const reply = await this.send((id) => ({ kind: 'write', id, prompt }), signal);
    if (reply.kind === 'written') return reply.text;
    throw engineFailed(reply.kind === 'failed' ? reply.reason : 'an unexpected answer');
  }

  /** Ends what is being written, then the thread, and frees the model's memory. */
  async close(): Promise<void> {
    const worker = (await this.thread?.catch(() => null))?.worker;
    if (!worker) return;
    worker.ref();
    const ended = once(worker, 'exit');
    worker.postMessage({ kind: 'close' } satisfies LlamaJob);
    await ended;
  }

  private async send(jobOf: (id: number) => LlamaJob, signal?: AbortSignal): Promise<LlamaReply> {
    const { worker } = await this.ready();
    if (signal?.aborted) throw aborted(signal);
    const id = ++this.lastId;
    const stop = () => {
      worker.postMessage({ kind: 'abort', id } satisfies LlamaJob);
      if (signal) this.pending.get(id)?.reject(aborted(signal));
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise<LlamaReply>((resolve, reject) => {
        this.pending.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage(jobOf(id));
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      this.pending.delete(id);
      // An idle model must not keep the process alive.
      if (this.pending.size === 0) worker.unref();
    }
  }

  private ready(): Promise<Thread> {
    this.thread ??= this.start().catch((error: unknown) => {
      this.thread = null;
      throw error;
    });
    return this.thread;
  }

  private async start(): Promise<Thread> {
    const workerData: LlamaStart = { ...this.settings, packageUrl: this.packageUrl() };
    const worker = new Worker(WORKER, { workerData });
    const model = await new Promise<LoadedModel>((resolve, reject) => {
      worker.on('message', (reply: LlamaReply) => {
        if (reply.kind === 'loaded') resolve(reply.model);
        else if (reply.kind === 'unusable') reject(this.unusable(reply.part, reply.reason));
        else this.pending.get(reply.id)?.resolve(reply);
      });
      worker.on('error', (error) => reject(engineFailed(error.message)));
      worker.on('exit', () => {
        reject(engineFailed('its thread ended'));
        this.ended();
      });
    });
    worker.unref();
    this.loaded = model;
    return { worker, model };
  }

  private ended(): void {
    this.thread = null;
    this.loaded = null;
    for (const { reject } of this.pending.values()) reject(engineFailed('its thread ended'));
  }

  private unusable(part: 'package' | 'model', reason: string): AppError {
    if (part === 'package') return engineMissing(reason);
    return modelUnusable(`${basename(this.settings.modelPath)} does not load (${this.withoutPath(reason)})`);
  }

  /** What the native code says may hold the file's whole path. */
  private withoutPath(reason: string): string {
    return reason.replaceAll(this.settings.modelPath, basename(this.settings.modelPath));
  }

  private packageUrl(): string {
    try {
      return pathToFileURL(createRequire(this.packageBase).resolve('node-llama-cpp')).href;
    } catch (error) {
      throw engineMissing(error);
    }
  }
}
