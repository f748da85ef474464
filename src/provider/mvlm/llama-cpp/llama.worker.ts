/* The body of the worker thread. It imports types and Node only, so that it also runs as it stands, without a build. */
import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { LlamaJob, LlamaPrompt, LlamaReply, LlamaStart, LlamaText } from './llama.protocol.js';

/** The part of the optional package that is used here: its own types exist only where it is installed. */
interface LlamaPackage {
  getLlama(options: object): Promise<Llama>;
  LlamaChatSession: new (options: { contextSequence: Sequence; systemPrompt: string }) => ChatSession;
}

interface Llama {
  loadModel(options: { modelPath: string }): Promise<Model>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
  dispose(): Promise<void>;
}

interface Model {
  readonly size: number;
  readonly trainContextSize: number;
  tokenize(text: string): readonly unknown[];
  createContext(options: { contextSize: number; sequences: number; threads: number }): Promise<Context>;
}

interface Context {
  readonly contextSize: number;
  getSequence(): Sequence;
}

interface Sequence {
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
  clearHistory(): Promise<void>;
}

interface ChatSession {
  promptWithMeta(
    text: string,
    options: { grammar: object; maxTokens: number; temperature: number; seed: number; signal: AbortSignal },
  ): Promise<{ readonly responseText: string; readonly stopReason: string }>;
  dispose(options: { disposeSequence: boolean }): void;
}

interface LoadedPackage {
  readonly llama: Llama;
  readonly ChatSession: LlamaPackage['LlamaChatSession'];
}

interface LoadedParts {
  readonly model: Model;
  readonly contextTokens: number;
  readonly sequence: Sequence;
}

/** A long training context would take gigabytes that few prompts need. */
const DEFAULT_CONTEXT_LIMIT_TOKENS = 8_192;
const SEED = 1;

const start = workerData as LlamaStart;
const threads = start.threads ?? Math.max(1, Math.floor(availableParallelism() / 2));
let nativeMessage = '';

function reply(message: LlamaReply): void {
  parentPort?.postMessage(message);
}

async function loadPackage(): Promise<LoadedPackage> {
  const { getLlama, LlamaChatSession } = (await import(start.packageUrl)) as LlamaPackage;
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: 'error',
    logger: (_level: string, message: string) => {
      // The first message names the cause, those behind it only that something failed.
      nativeMessage ||= message.trim();
    },
    maxThreads: threads,
  });
  return { llama, ChatSession: LlamaChatSession };
}

async function loadModel(llama: Llama): Promise<LoadedParts> {
  const model = await llama.loadModel({ modelPath: start.modelPath });
  const contextSize = start.contextTokens ?? Math.min(model.trainContextSize, DEFAULT_CONTEXT_LIMIT_TOKENS);
  const context = await model.createContext({ contextSize, sequences: 1, threads });
  return { model, contextTokens: context.contextSize, sequence: context.getSequence() };
}

/** Tells why there is nothing to serve; the thread then ends by itself, for it listens to nobody. */
function tellUnusable(part: 'package' | 'model', error: unknown): null {
  reply({ kind: 'unusable', part, reason: nativeMessage || reasonOf(error) });
  return null;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Serves one job after the other with the loaded model. */
class ModelThread {
  private readonly aborts = new Map<number, AbortController>();
  private queue: Promise<void> = Promise.resolve();
  private readonly llama: Llama;
  private readonly ChatSession: LoadedPackage['ChatSession'];
  private readonly model: Model;
  private readonly sequence: Sequence;

  constructor({ llama, ChatSession }: LoadedPackage, { model, sequence }: LoadedParts) {
    this.llama = llama;
    this.ChatSession = ChatSession;
    this.model = model;
    this.sequence = sequence;
  }

  take(job: LlamaJob): void {
    if (job.kind === 'abort') this.aborts.get(job.id)?.abort();
    else if (job.kind === 'count')
      reply({ kind: 'counted', id: job.id, tokens: this.model.tokenize(job.text).length });
    else if (job.kind === 'close') void this.close();
    else this.enqueue(job.id, job.prompt);
  }

  /** One context holds one text at a time: calls wait for their turn. */
  private enqueue(id: number, prompt: LlamaPrompt): void {
    const abort = new AbortController();
    this.aborts.set(id, abort);
    this.queue = this.queue.then(async () => {
      try {
        reply({ kind: 'written', id, text: await this.write(prompt, abort.signal) });
      } catch (error) {
        reply({ kind: 'failed', id, reason: reasonOf(error) });
      } finally {
        this.aborts.delete(id);
      }
    });
  }

  private async write(prompt: LlamaPrompt, signal: AbortSignal): Promise<LlamaText> {
    signal.throwIfAborted();
    const grammar = await this.llama.createGrammarForJsonSchema(prompt.schema);
    const { usedInputTokens, usedOutputTokens } = this.sequence.tokenMeter;
    // What an earlier call left in the context could change the last bits of this one's numbers.
    await this.sequence.clearHistory();
    const options = { contextSequence: this.sequence, systemPrompt: prompt.system };
    const session = new this.ChatSession(options);
    try {
      const { responseText, stopReason } = await session.promptWithMeta(prompt.user, {
        grammar,
        maxTokens: prompt.maxOutputTokens,
        temperature: 0,
        seed: SEED,
        signal,
      });
      return {
        text: responseText,
        isCut: stopReason === 'maxTokens',
        inputTokens: this.sequence.tokenMeter.usedInputTokens - usedInputTokens,
        outputTokens: this.sequence.tokenMeter.usedOutputTokens - usedOutputTokens,
      };
    } finally {
      session.dispose({ disposeSequence: false });
    }
  }

  /** Native work that is cut off in the middle takes the whole process with it: it ends first, then the thread. */
  private async close(): Promise<void> {
    for (const abort of this.aborts.values()) abort.abort();
    await this.queue;
    await this.llama.dispose();
    parentPort?.close();
  }
}

const loaded = await loadPackage().catch((error: unknown) => tellUnusable('package', error));
if (loaded) {
  const parts = await loadModel(loaded.llama).catch((error: unknown) => tellUnusable('model', error));
  if (parts) {
    const thread = new ModelThread(loaded, parts);
    parentPort?.on('message', (job: LlamaJob) => thread.take(job));
    reply({
      kind: 'loaded',
      model: { contextTokens: parts.contextTokens, weightsBytes: parts.model.size },
    });
  } else await loaded.llama.dispose();
}
