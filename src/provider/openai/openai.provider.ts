import type { OpenAiSettings } from '../../config/index.js';
import type { Clock } from '../../shared/index.js';
import { aborted } from '../aborted.js';
import { generationTask, revisionTask, summaryTask, type WritingTask } from '../prompting/index.js';
import {
  type CallOptions,
  type GenerateRequest,
  type GenerateResult,
  type Generation,
  type ProviderDescription,
  type ReviseRequest,
  type Revision,
  type SummarizeRequest,
  type Summary,
  TextGenerationProvider,
} from '../text-generation.port.js';
import type { OpenAiConnection } from './openai-connection.js';
import { countedUsage } from './openai-usage.js';

/** An OpenAI-compatible API behind the port: one attempt for each call, whatever comes of it. */
export class OpenAiProvider extends TextGenerationProvider {
  private connection: Promise<OpenAiConnection> | undefined;

  constructor(
    private readonly settings: OpenAiSettings,
    private readonly clock: Clock,
  ) {
    super();
  }

  describe(): ProviderDescription {
    return { name: 'openai', model: this.settings.model, external: true };
  }

  async generate<R extends GenerateRequest>(
    request: R,
    options: CallOptions,
  ): Promise<Generation<GenerateResult[R['task']]>> {
    return this.write(generationTask(request), options);
  }

  async revise(request: ReviseRequest, options: CallOptions): Promise<Generation<Revision>> {
    return this.write(revisionTask(request), options);
  }

  async summarize(request: SummarizeRequest, options: CallOptions): Promise<Generation<Summary>> {
    return this.write(summaryTask(request), options);
  }

  /** Whether a server answers and accepts the key: ends without error, or throws `AppError` with code `provider.*`. */
  async probe(signal: AbortSignal): Promise<void> {
    await (await this.connect()).probe(signal);
  }

  private async write<T>(task: WritingTask<T>, options: CallOptions): Promise<Generation<T>> {
    if (options.signal.aborted) throw aborted(options.signal);
    const signature = { provider: 'openai', model: this.settings.model };
    if (task.withoutCall)
      return { ...task.withoutCall, usage: { inputTokens: 0, outputTokens: 0 }, ...signature };
    const answer = await (await this.connect()).ask(task, options);
    const texts = [answer.text, ...answer.otherTexts];
    const [value, ...alternatives] = readable(task, texts);
    const usage = answer.usage ?? (await countedUsage(task, texts.join('\n')));
    return { value: value as T, ...(alternatives.length > 0 && { alternatives }), usage, ...signature };
  }

  /** The SDK takes a fifth of a second to load, which only those who use it should wait for. */
  private connect(): Promise<OpenAiConnection> {
    this.connection ??= import('./openai-connection.js').then(
      ({ OpenAiConnection: Connection }) => new Connection(this.settings, this.clock),
    );
    return this.connection;
  }
}

/** What the texts say, as far as they are what was asked; throws the fault of the first where none is. */
function readable<T>(task: WritingTask<T>, texts: readonly string[]): readonly T[] {
  const values: T[] = [];
  const faults: unknown[] = [];
  for (const text of texts) {
    try {
      values.push(task.read(text));
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (values.length === 0) throw faults[0];
  return values;
}
