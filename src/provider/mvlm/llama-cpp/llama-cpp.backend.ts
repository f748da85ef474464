import { basename } from 'node:path';
import type { CitedText } from '../../../shared/index.js';
import type { Log } from '../../../telemetry/index.js';
import {
  generationTask,
  invalidOutput,
  revisionTask,
  summaryTask,
  type WritingTask,
} from '../../prompting/index.js';
import type {
  CallOptions,
  GenerateRequest,
  GenerateResult,
  Outline,
  ReviseRequest,
  Revision,
  SummarizeRequest,
  Summary,
} from '../../text-generation.port.js';
import { type BackendResult, MvlmBackend } from '../mvlm-backend.port.js';
import { fitContext, type Sourced } from './fit-context.js';
import { checkGgufFile } from './gguf-file.js';
import { grammarSchemaOf } from './grammar-schema.js';
import { contextExceeded } from './llama.errors.js';
import { LlamaEngine, type LlamaSettings } from './llama-engine.js';

/** What the model's own chat template puts round the two texts. */
const TEMPLATE_TOKENS = 64;
/** The least room for an answer, as a share of the context. */
const ANSWER_SHARE = 1 / 4;

interface Fitted<R, T> {
  readonly request: R;
  readonly task: WritingTask<T>;
  readonly maxOutputTokens: number;
}

type Citing = Sourced & { readonly text?: CitedText; readonly outline?: Outline };

/** Writes with a GGUF file in this process, at temperature 0 and with its output forced into the asked shape. */
export class LlamaCppBackend extends MvlmBackend {
  readonly external = false;

  private constructor(
    readonly model: string,
    private readonly engine: LlamaEngine,
    private readonly log: Log,
  ) {
    super();
  }

  /** Checks the file and loads it. Throws `provider.model_unusable` or `provider.engine_missing`. */
  static async open(settings: LlamaSettings, log: Log, packageBase?: string): Promise<LlamaCppBackend> {
    await checkGgufFile(settings.modelPath);
    const engine = new LlamaEngine(settings, packageBase);
    const { contextTokens, weightsBytes } = await engine.load();
    const model = basename(settings.modelPath, '.gguf');
    log.info('provider.model_loaded', { model, context_tokens: contextTokens, weights_bytes: weightsBytes });
    return new LlamaCppBackend(model, engine, log);
  }

  generate<R extends GenerateRequest>(
    request: R,
    options: CallOptions,
  ): Promise<BackendResult<GenerateResult[R['task']]>> {
    return this.write(request, generationTask, options);
  }

  revise(request: ReviseRequest, options: CallOptions): Promise<BackendResult<Revision>> {
    return this.write(request, revisionTask, options);
  }

  summarize(request: SummarizeRequest, options: CallOptions): Promise<BackendResult<Summary>> {
    return this.write(request, summaryTask, options);
  }

  /** Makes the thread answer without writing anything. */
  async probe(): Promise<void> {
    await this.engine.count('');
  }

  /** What the weights of the loaded model take; 0 while none is loaded. */
  weightsBytes(): number {
    return this.engine.model?.weightsBytes ?? 0;
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  private async write<R extends Citing, T>(
    request: R,
    taskOf: (request: R) => WritingTask<T>,
    { signal }: CallOptions,
  ): Promise<BackendResult<T>> {
    const { withoutCall } = taskOf(request);
    if (withoutCall) return { value: withoutCall.value, usage: { inputTokens: 0, outputTokens: 0 } };
    const { request: fitting, task, maxOutputTokens } = await this.fitted(request, taskOf);
    const schema = grammarSchemaOf(task.schema, idsIn(fitting));
    const written = await this.engine.write(
      { system: task.system, user: task.user, schema, maxOutputTokens },
      signal,
    );
    if (written.isCut) throw invalidOutput('truncated');
    const { inputTokens, outputTokens } = written;
    return { value: task.read(written.text), usage: { inputTokens, outputTokens } };
  }

  /** The task for as many snippets as the context has room for. */
  private async fitted<R extends Citing, T>(
    request: R,
    taskOf: (request: R) => WritingTask<T>,
  ): Promise<Fitted<R, T>> {
    const { contextTokens } = await this.engine.load();
    let room = 0;
    const fitting = await fitContext(request, async (candidate) => {
      const { system, user, maxOutputTokens } = taskOf(candidate);
      room = contextTokens - TEMPLATE_TOKENS - (await this.engine.count(`${system}\n${user}`));
      return room >= Math.min(maxOutputTokens, contextTokens * ANSWER_SHARE);
    });
    if (fitting === null) throw contextExceeded(contextTokens);
    if (fitting !== request) this.logTrimmed(request, fitting, contextTokens);
    const task = taskOf(fitting);
    return { request: fitting, task, maxOutputTokens: Math.min(task.maxOutputTokens, room) };
  }

  private logTrimmed(given: Sourced, kept: Sourced, contextTokens: number): void {
    this.log.info('provider.snippets_trimmed', {
      model: this.model,
      context_tokens: contextTokens,
      given: given.snippets.length,
      kept: kept.snippets.length,
      style_given: given.styleSnippets?.length ?? 0,
      style_kept: kept.styleSnippets?.length ?? 0,
    });
  }
}

function idsIn({ snippets, text = [], outline }: Citing): readonly string[] {
  const cited = [...text, ...(outline?.points ?? [])].flatMap(({ snippetIds }) => snippetIds);
  return [...new Set([...snippets.map(({ id }) => id), ...cited])];
}
