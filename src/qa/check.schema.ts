import { z } from 'zod';
import { STYLES, TONES } from '../shared/index.js';

/** What a check takes, in UTF-16 code units: they bound its work on prose to about a second of one processor. */
export const CHECK_LIMITS = {
  textChars: 50_000,
  promptChars: 4_000,
  /** Of `sources`, and of `voice_samples`. */
  parts: 200,
  partChars: 20_000,
  partsChars: 200_000,
} as const;

const { textChars, promptChars, parts, partChars, partsChars } = CHECK_LIMITS;

const written = (maxChars: number) =>
  z
    .string()
    .max(maxChars, `must have at most ${maxChars} characters`)
    .refine(
      (text) => text.isWellFormed(),
      'holds half a character (a lone surrogate); send well-formed Unicode',
    );

const texts = () =>
  z
    .array(written(partChars))
    .max(parts, `must be at most ${parts} texts`)
    .refine(
      (list) => list.reduce((sum, text) => sum + text.length, 0) <= partsChars,
      `must have at most ${partsChars} characters together`,
    )
    .default([]);

/** Body of `POST /qa/check`. */
export const checkBody = z.strictObject({
  text: written(textChars)
    .refine((text) => text.trim() !== '', 'must not be blank')
    .describe('What is measured.'),
  sources: texts().describe('What it may rest on.'),
  tone: z.enum(TONES).default('neutral'),
  style: z.enum(STYLES).optional(),
  prompt: written(promptChars).default('').describe('What it answers; its concepts should be spoken of.'),
  voice_samples: texts().describe('Own texts of the person whose voice it should have.'),
  input: written(textChars)
    .optional()
    .describe('The longer text it was made from: nothing may be added to it, no condition or number lost.'),
});

export type CheckBody = z.output<typeof checkBody>;
