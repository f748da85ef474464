import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import { LARGEST_ANSWER_TOKENS, type WritingTask } from '../prompting/index.js';

/** Models that think before they write: they refuse a temperature, and their thoughts count as output. */
const REASONING_MODEL = /^(?:o\d|gpt-[5-9](?!.*chat))/;
const VARIED = 0.7;

/** The body of a Chat Completions call. Nothing is stored at the other end. */
export function chatBody(
  model: string,
  task: WritingTask<unknown>,
  candidates = 1,
): ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: [
      { role: 'system', content: task.system },
      { role: 'user', content: task.user },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: task.schemaName, schema: { ...task.schema }, strict: true },
    },
    max_completion_tokens: outputTokensFor(model, task),
    store: false,
    ...(candidates > 1 ? { n: candidates } : {}),
    ...temperatureOf(model, candidates),
  };
}

/** The body of a Responses call, saying the same; this interface writes one text a call. */
export function responsesBody(model: string, task: WritingTask<unknown>): ResponseCreateParamsNonStreaming {
  return {
    model,
    instructions: task.system,
    input: task.user,
    text: {
      format: { type: 'json_schema', name: task.schemaName, schema: { ...task.schema }, strict: true },
    },
    max_output_tokens: outputTokensFor(model, task),
    store: false,
    ...temperatureOf(model),
  };
}

function outputTokensFor(model: string, task: WritingTask<unknown>): number {
  return REASONING_MODEL.test(model) ? LARGEST_ANSWER_TOKENS : task.maxOutputTokens;
}

/** Candidates that are to be compared have to differ. */
function temperatureOf(model: string, candidates = 1): { readonly temperature?: number } {
  if (REASONING_MODEL.test(model)) return {};
  return { temperature: candidates > 1 ? VARIED : 0 };
}
