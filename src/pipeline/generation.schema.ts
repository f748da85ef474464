import { z } from 'zod';
import type { Generation } from '../provider/index.js';
import type { WritingAsk } from './asks.js';

const citedText = z.array(
  z.object({ text: z.string(), snippetIds: z.array(z.string()), paragraph: z.int().nonnegative() }),
);
const count = z.number().nonnegative();

/** What each kind of ask is answered with, as it may come back from a cache that others can write to. */
const VALUES = {
  outline: z.object({ headline: z.string(), points: citedText }),
  draft: citedText,
  critique: z.array(
    z.object({
      sentence: z.int().nonnegative().nullable(),
      kind: z.enum(['off_topic', 'repetition', 'ungrounded', 'too_long', 'order', 'tone']),
      action: z.enum(['drop', 'keep', 'move']),
      message: z.string(),
    }),
  ),
  revise: z.object({
    text: citedText,
    changes: z.array(z.object({ originalText: z.string(), revisedText: z.string(), reason: z.string() })),
  }),
  summarize: z.object({
    text: citedText,
    trimmed: z.array(z.object({ text: z.string(), reason: z.string() })),
    keywords: z.array(z.string()),
  }),
} as const;

const generations = Object.fromEntries(
  Object.entries(VALUES).map(([kind, value]) => [
    kind,
    z.object({
      value,
      usage: z.object({ inputTokens: count, outputTokens: count }),
      provider: z.string(),
      model: z.string(),
    }),
  ]),
);

/** Reads what was kept as the answer to an ask; throws where it is none. */
export function generationReader(ask: WritingAsk): (found: unknown) => Generation<unknown> {
  const kind = ask.type === 'generate' ? ask.request.task : ask.type;
  return (found) => generations[kind]!.parse(found) as Generation<unknown>;
}
