import type OpenAI from 'openai';
import type { OpenAiSettings } from '../../config/index.js';
import { AppError, type Clock } from '../../shared/index.js';
import type { WritingTask } from '../prompting/index.js';
import type { CallOptions } from '../text-generation.port.js';
import { openAiClient } from './openai-client.js';
import { openAiError } from './openai-errors.js';
import { chatBody, responsesBody } from './openai-prompt.js';
import { chatAnswer, type ModelAnswer, responsesAnswer } from './openai-result.js';

const MAX_NAMED_MODELS = 5;

/** The SDK, set up for one server. Its own retries are off: a wrapper round the port repeats calls. */
export class OpenAiConnection {
  private readonly client: OpenAI;

  constructor(
    private readonly settings: OpenAiSettings,
    private readonly clock: Clock,
  ) {
    this.client = openAiClient(settings);
  }

  /** One attempt at a task; throws `AppError` with code `provider.*`. */
  async ask(
    task: WritingTask<unknown>,
    { signal, reservationId, candidates }: CallOptions,
  ): Promise<ModelAnswer> {
    const { api, model } = this.settings;
    const headers = { 'Idempotency-Key': reservationId };
    // The SDK's typed methods trust the shape of an answer and break on another; here it is still unknown.
    const post = (path: string, body: object) => this.client.post<unknown>(path, { body, signal, headers });
    return this.translated(signal, async () =>
      api === 'chat'
        ? chatAnswer(await post('/chat/completions', chatBody(model, task, candidates)))
        : responsesAnswer(await post('/responses', responsesBody(model, task))),
    );
  }

  /** Ends without error where a server answers, accepts the key and knows the model; writes nothing and costs nothing. */
  async probe(signal: AbortSignal): Promise<void> {
    try {
      const page = await this.translated(signal, () => this.client.models.list({ signal }));
      assertListed(this.settings, page.data);
    } catch (error) {
      // Some compatible servers have no list of models: an answer is an answer.
      if (!(error instanceof AppError && error.code === 'provider.rejected')) throw error;
    }
  }

  private async translated<T>(signal: AbortSignal, call: () => PromiseLike<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw openAiError(error, signal, this.clock);
    }
  }
}

/** A server that lists its models tells early that the configured one is not there; Azure lists what it could deploy. */
function assertListed({ model, baseUrl }: OpenAiSettings, listed: unknown): void {
  const isAzure = baseUrl !== null && new URL(baseUrl).hostname.endsWith('.azure.com');
  const ids = Array.isArray(listed) ? listed.flatMap((each: { id?: unknown }) => each?.id ?? []) : [];
  const isKnown = ids.some((id) => id === model || String(id).startsWith(`${model}:`));
  if (isAzure || ids.length === 0 || isKnown) return;
  throw new AppError(
    'provider.model_unknown',
    'bad_gateway',
    `The server does not list the model ${model}.`,
    {
      hint: `Name one it has with OPENAI_MODEL or MVLM_MODEL: ${ids.slice(0, MAX_NAMED_MODELS).join(', ')}.`,
    },
  );
}
