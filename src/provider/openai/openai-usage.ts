import { z } from 'zod';
import type { WritingTask } from '../prompting/index.js';
import type { TokenUsage } from '../text-generation.port.js';

const count = z.int().nonnegative();

export const chatUsageSchema = z.object({ prompt_tokens: count, completion_tokens: count });
export const responsesUsageSchema = z.object({ input_tokens: count, output_tokens: count });

/** Usage as the server told it, or null where it told none. */
export function usageFrom(
  inputTokens: number | undefined,
  outputTokens: number | undefined,
): TokenUsage | null {
  return inputTokens === undefined || outputTokens === undefined ? null : { inputTokens, outputTokens };
}

/** A tokenizer's time grows faster than the length of a text without spaces, so it reads in pieces. */
const PIECE_CHARS = 8_192;

/** Usage counted here, with the tokenizer of current OpenAI models: right within some percent for others. */
export async function countedUsage(task: WritingTask<unknown>, answer: string): Promise<TokenUsage> {
  // Loading its vocabulary takes a fifth of a second, which only servers that tell no usage should cost.
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  const tokensOf = (text: string) => {
    let tokens = 0;
    for (let at = 0; at < text.length; at += PIECE_CHARS)
      tokens += countTokens(text.slice(at, at + PIECE_CHARS), { allowedSpecial: 'all' });
    return tokens;
  };
  const given = [task.system, task.user, JSON.stringify(task.schema)];
  return {
    inputTokens: given.reduce((sum, text) => sum + tokensOf(text), 0),
    outputTokens: tokensOf(answer),
  };
}
