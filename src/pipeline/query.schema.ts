import { z } from 'zod';
import { CORPORA, MODES, STRATEGIES, STYLES, TONES } from '../shared/index.js';
import type { QueryRequest } from './query.service.js';
import type { QueryCommand } from './query-command.js';
import { PRIORITY_NAMES } from './queue/run-priority.js';

const MAX_PROMPT_CHARS = 20_000;
/** Control characters but tab and line ends; overrides and isolates that show text in another order than it is. */
const HIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u;

const prompt = z
  .string()
  .max(MAX_PROMPT_CHARS, `must be at most ${MAX_PROMPT_CHARS} characters`)
  .refine((text) => /[\p{L}\p{N}]/u.test(text), 'must hold at least one word')
  .refine(
    (text) => text.isWellFormed(),
    'holds half a character (a lone surrogate); send well-formed Unicode',
  )
  .refine((text) => !HIDDEN.test(text), 'holds control or bidirectional override characters; remove them')
  .describe('What you want to know or have written.');

/** A date, a time, or how long ago, counted from the day of the run. */
const since = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date(), z.string().regex(/^[1-9]\d{0,4}[dwy]$/)],
    'must be an ISO 8601 date or time, or how long ago: 30d, 6w, 1y',
  )
  .describe('Use nothing of before: 2026-01-31, or how long ago, 30d, 6w, 1y.');

/** Body of POST /query. */
export const queryBody = z
  .strictObject({
    prompt,
    mode: z.enum(MODES).optional().describe('Left out: decided by fixed rules.'),
    corpora: z.array(z.enum(CORPORA)).min(1).max(CORPORA.length).optional().describe('Left out: all three.'),
    strategy: z.enum(STRATEGIES).optional(),
    expected_tone: z.enum(TONES).optional(),
    expected_style: z.enum(STYLES).optional(),
    since: since.optional(),
    max_words: z.int().min(10).max(2_000).optional().describe('Longest answer, in words.'),
    async: z
      .boolean()
      .optional()
      .describe('true: 202 at once, and the run waits for a worker; read it at Location.'),
    priority: z
      .enum(PRIORITY_NAMES)
      .optional()
      .describe('Of an async run: high (admins) before normal (the default) before low.'),
  })
  .refine((body) => body.priority === undefined || body.async === true, {
    path: ['priority'],
    message: 'is for async runs only; send async: true with it or leave it out',
  })
  .meta({ example: { prompt: 'What did I decide about heating the greenhouse?' } });

export type QueryBody = z.infer<typeof queryBody>;

export function commandOf(body: QueryBody): QueryCommand {
  return {
    prompt: body.prompt,
    mode: body.mode,
    corpora: body.corpora,
    strategy: body.strategy,
    expectedTone: body.expected_tone,
    expectedStyle: body.expected_style,
    maxWords: body.max_words,
    since: body.since,
  };
}

/** How a caller waits is no part of what it asks: an async request and its repetition are the same command. */
export function requestOf(body: QueryBody): QueryRequest {
  return {
    command: commandOf(body),
    isAsync: body.async === true,
    priority: body.priority ?? 'normal',
  };
}
