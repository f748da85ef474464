import { z } from 'zod';
import { AppError } from '../../shared/index.js';
import { invalidOutput } from '../prompting/index.js';
import type { TokenUsage } from '../text-generation.port.js';
import { chatUsageSchema, responsesUsageSchema, usageFrom } from './openai-usage.js';

/** The text of an answer, and its usage where the server told it. */
export interface ModelAnswer {
  readonly text: string;
  /** What the same call wrote beside it. */
  readonly otherTexts: readonly string[];
  readonly usage: TokenUsage | null;
}

const chatSchema = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
    }),
  ),
  usage: chatUsageSchema.nullish().catch(null),
});

/** Reads a Chat Completions answer; throws a typed error for all but a complete text. */
export function chatAnswer(body: unknown): ModelAnswer {
  const { choices, usage } = checked(chatSchema, body);
  const read = choices.map(readChoice);
  const texts = read.filter((each) => typeof each === 'string');
  const [text, ...otherTexts] = texts;
  if (text === undefined) throw read[0] ?? invalidOutput('empty');
  return { text, otherTexts, usage: usageFrom(usage?.prompt_tokens, usage?.completion_tokens) };
}

/** The text of a choice, or why it has none. */
function readChoice({
  finish_reason: finish,
  message,
}: z.output<typeof chatSchema>['choices'][number]): string | AppError {
  if (finish === 'content_filter') return contentFiltered();
  if (message.refusal) return refused();
  if (finish === 'length') return invalidOutput('truncated');
  return message.content?.trim() ? message.content : invalidOutput('empty');
}

const responsesSchema = z.object({
  status: z.string().nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  error: z.object({ code: z.string().nullish() }).nullish(),
  output: z.array(
    z.object({
      type: z.string(),
      content: z
        .array(z.object({ type: z.string(), text: z.string().nullish(), refusal: z.string().nullish() }))
        .nullish(),
    }),
  ),
  usage: responsesUsageSchema.nullish().catch(null),
});

/** Reads a Responses answer; throws a typed error for all but a complete text. */
export function responsesAnswer(body: unknown): ModelAnswer {
  const { status, incomplete_details: incomplete, error, output, usage } = checked(responsesSchema, body);
  if (status === 'failed') throw failed(error?.code ?? null);
  if (incomplete?.reason === 'content_filter') throw contentFiltered();
  const parts = output.flatMap((item) => (item.type === 'message' ? (item.content ?? []) : []));
  if (parts.some(({ type }) => type === 'refusal')) throw refused();
  if (status === 'incomplete') throw invalidOutput('truncated');
  const texts = parts.filter(({ type }) => type === 'output_text').map(({ text }) => text ?? '');
  return {
    text: written(texts.join('')),
    otherTexts: [],
    usage: usageFrom(usage?.input_tokens, usage?.output_tokens),
  };
}

function checked<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  // The SDK hands over whatever was not announced as JSON as a string.
  if (typeof body === 'string') throw invalidOutput('malformed_json');
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalidOutput('schema', parsed.error);
  return parsed.data;
}

function written(text: string | null | undefined): string {
  if (!text?.trim()) throw invalidOutput('empty');
  return text;
}

function refused(): AppError {
  return new AppError('provider.refused', 'bad_gateway', 'The model declined to write this text.', {
    hint: 'Word the request differently, or set another model.',
  });
}

/** Also what some servers answer with a status code before anything is written. */
export function contentFiltered(cause?: unknown): AppError {
  return new AppError(
    'provider.content_filtered',
    'bad_gateway',
    'The provider’s content filter held back the text.',
    { hint: 'Word the request differently, or use a provider without that filter.', cause },
  );
}

function failed(code: string | null): AppError {
  const isLimit = code === 'rate_limit_exceeded';
  return new AppError(
    isLimit ? 'provider.rate_limited' : 'provider.overloaded',
    'unavailable',
    'The provider gave up on the call.',
    { hint: 'Repeat the request later.', retryable: true },
  );
}
