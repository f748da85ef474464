import type OpenAI from 'openai';
import type { OpenAiSettings } from '../../config/index.js';
import { AppError, type Clock } from '../../shared/index.js';
import type { WritingTask } from '../prompting/index.js';
import type { CallOptions } from '../text-generation.port.js';
import { openAiClient } from './openai-client.js';
import { openAiError } from './openai-errors.js';
import { chatBody, responsesBody } from './openai-prompt.js';
import { chatAnswer, type ModelAnswer, responsesAnswer } from './openai-result.js';

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
  async ask(task: WritingTask<unknown>, { signal, reservationId }: CallOptions): Promise<ModelAnswer> {
    const { api, model } = this.settings;
    const headers = { 'Idempotency-Key': reservationId };
    // The SDK's typed methods trust the shape of an answer and break on another; here it is still unknown.
    const post = (path: string, body: object) => this.client.post<unknown>(path, { body, signal, headers });
    return this.translated(signal, async () =>
      api === 'chat'
        ? chatAnswer(await post('/chat/completions', chatBody(model, task)))
        : responsesAnswer(await post('/responses', responsesBody(model, task))),
    );
  }

  /** Ends without error where a server answers and accepts the key; writes nothing and costs nothing. */
  async probe(signal: AbortSignal): Promise<void> {
    try {
      await this.translated(signal, () => this.client.models.list({ signal }));
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
