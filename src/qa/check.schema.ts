import { z } from 'zod';
import { TONES } from '../shared/index.js';

const MAX_TEXT_CHARS = 100_000;
const MAX_SOURCE_CHARS = 20_000;
const MAX_SOURCES = 50;
const MAX_PROMPT_CHARS = 4_000;

/** Body of `POST /qa/check`. */
export const checkBody = z.strictObject({
  text: z
    .string()
    .max(MAX_TEXT_CHARS)
    .refine((text) => text.trim() !== '', 'must not be blank'),
  sources: z.array(z.string().max(MAX_SOURCE_CHARS)).max(MAX_SOURCES).default([]),
  tone: z.enum(TONES).default('neutral'),
  prompt: z.string().max(MAX_PROMPT_CHARS).default(''),
});

export type CheckBody = z.output<typeof checkBody>;
