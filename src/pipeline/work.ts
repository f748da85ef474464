import type { ContextPack } from '../corpus/index.js';
import type { ScoreMiss } from '../governance/index.js';
import type { RunPlan } from '../optimizer/index.js';
import type { CritiqueNote, Outline, TrimmedSection } from '../provider/index.js';
import type { Finding } from '../qa/index.js';
import type { CitedText, CorpusName, Mode, Role, Strategy, Style, Tone } from '../shared/index.js';
import type { Writer } from './asks.js';

/** What a run was asked for, complete and checked. */
export interface RunRequest {
  readonly prompt: string;
  readonly mode: Mode;
  readonly corpora: readonly CorpusName[];
  readonly tone: Tone;
  readonly style: Style;
  /** The strategy that is applied, which pressure may have chosen. */
  readonly strategy: Strategy;
  /** What the strategy means for this run; fixed at its start, so that a replay asks the same. */
  readonly plan: RunPlan;
  /** Whether a kept result may stand in for a writer that gives none. */
  readonly mayRecall: boolean;
  /** Longest draft and longest answer, in words. */
  readonly maxDraftWords: number;
  readonly maxWords: number;
  readonly contextMaxChars: number;
  /** Which engine stands behind each writer, so that a stage does not ask the same one twice. */
  readonly writers: Readonly<Record<Writer, string>>;
  /** The run's start day in UTC, `YYYY-MM-DD`; recency counts from it. */
  readonly asOf: string;
  /** ISO 8601 in UTC: nothing of before is searched; absent: everything is. */
  readonly since?: string;
}

export interface AppliedChange {
  readonly originalText: string;
  readonly revisedText: string;
  readonly reason: string;
  readonly appliedBy: Role;
}

/** What the five roles hand on to each other. Immutable: a stage returns the next one. */
export interface Work {
  readonly request: RunRequest;
  readonly outcome: 'answered' | 'insufficient_context';
  readonly pack: ContextPack;
  readonly outline: Outline;
  /** The text as it stands. */
  readonly text: CitedText;
  readonly notes: readonly CritiqueNote[];
  /** Findings that a role could not mend and hands to the next. */
  readonly openFindings: readonly Finding[];
  /** Scores that a role could not bring up and hands to the next. */
  readonly openMisses: readonly ScoreMiss[];
  readonly changes: readonly AppliedChange[];
  readonly trimmed: readonly TrimmedSection[];
  readonly keywords: readonly string[];
  readonly safetyFlags: readonly string[];
}

export const EMPTY_PACK: ContextPack = {
  snippets: [],
  choices: [],
  omitted: [],
  concepts: [],
  evidence: { bestShare: 0, bestTopics: 0, unknownName: false },
  scores: { coverage: 0, diversity: 0 },
};

export function newWork(request: RunRequest): Work {
  return {
    request,
    outcome: 'answered',
    pack: EMPTY_PACK,
    outline: { headline: '', points: [] },
    text: [],
    notes: [],
    openFindings: [],
    openMisses: [],
    changes: [],
    trimmed: [],
    keywords: [],
    safetyFlags: [],
  };
}

/** What a role was handed; null for the first one, which is handed nothing. */
export function inputOf(before: Work): Work['text'] | null {
  return before.text.length > 0 ? before.text : null;
}
