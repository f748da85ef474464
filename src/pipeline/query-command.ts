import type { RunPlan } from '../optimizer/index.js';
import {
  CORPORA,
  type CorpusName,
  type Mode,
  type Strategy,
  type Style,
  type Tone,
} from '../shared/index.js';
import { classify } from './classify.js';
import type { StoredRequest } from './run-record.js';

/** What a caller asks for, checked but not yet completed by defaults. */
export interface QueryCommand {
  readonly prompt: string;
  readonly mode?: Mode | undefined;
  readonly corpora?: readonly CorpusName[] | undefined;
  readonly strategy?: Strategy | undefined;
  readonly expectedTone?: Tone | undefined;
  readonly expectedStyle?: Style | undefined;
  readonly maxWords?: number | undefined;
  /** ISO 8601, or days, weeks or years before the run: `30d`, `6w`, `1y`. */
  readonly since?: string | undefined;
}

const MAX_DRAFT_WORDS = 600;
/** `content` in words, by mode. `writing` is delivered whole. */
const MAX_WORDS: Readonly<Record<Mode, number>> = {
  chat: 150,
  retrieval: 120,
  voice: 60,
  writing: MAX_DRAFT_WORDS,
};

/** What a request is completed with, beside what its caller said. */
export interface RequestDefaults {
  readonly contextMaxChars: number;
  readonly writers: StoredRequest['writers'];
  readonly plan: RunPlan;
  readonly mayRecall: boolean;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Completes a command by classification and defaults. */
export function requestOf(
  command: QueryCommand,
  { contextMaxChars, writers, plan, mayRecall, asOf }: RequestDefaults,
): StoredRequest {
  const classification = classify(command.prompt, command.mode);
  const maxWords = command.maxWords ?? MAX_WORDS[classification.mode];
  return {
    prompt: command.prompt,
    mode: classification.mode,
    classification,
    corpora: CORPORA.filter((corpus) => command.corpora?.includes(corpus) ?? true),
    tone: command.expectedTone ?? 'neutral',
    style: command.expectedStyle ?? (classification.mode === 'writing' ? 'detailed' : 'concise'),
    strategy: plan.strategy,
    plan,
    mayRecall,
    maxWords,
    maxDraftWords: Math.max(
      maxWords,
      classification.mode === 'writing' ? MAX_DRAFT_WORDS : maxWords * plan.draftWordsFactor,
    ),
    contextMaxChars: Math.round(contextMaxChars * plan.contextShare),
    writers,
    asOf,
    ...(command.since !== undefined && { since: sinceOf(command.since, asOf) }),
  };
}

const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, y: 365 };
const DAY_MS = 24 * 60 * 60 * 1000;
/** What the database can compare with; nobody wrote before. */
const EARLIEST_MS = Date.parse('0001-01-01');

/** The beginning of what counts, in UTC; from the run's day on, so that a replay asks the same. */
function sinceOf(since: string, asOf: string): string {
  const ago = /^(\d+)([dwy])$/.exec(since);
  const time = ago ? Date.parse(asOf) - Number(ago[1]) * DAYS[ago[2]!]! * DAY_MS : Date.parse(since);
  return new Date(Math.max(time, EARLIEST_MS)).toISOString();
}
