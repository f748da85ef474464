import type { Decision, Usage, WriteGuard } from '../governance/index.js';
import type { CallRetry, Generation, Revision, Summary } from '../provider/index.js';
import type { Actor, CitedText, Role } from '../shared/index.js';
import type { Answer, Ask, Measured } from './asks.js';
import type { CallEnds, EarlierCalls } from './call-ends.js';
import type { RunProgress } from './events/run-progress.js';
import type { Journal } from './journal.js';
import type { ReportMemo } from './report-memo.js';
import type { StageRecord } from './stage-record.js';
import type { RunRequest } from './work.js';

/** Within what a run may work. */
export interface RunLimits {
  /** Aborted at the run's timebox, when it is stopped or its process stops; its reason is an `AppError`. */
  readonly signal: AbortSignal;
  /** How long the run may still take, in milliseconds; each attempt has the whole time. */
  readonly remainingMs: () => number;
  /** Repeats what a database that is away refuses, for as long as the lease may live. */
  readonly patiently: <T>(work: () => Promise<T>) => Promise<T>;
  /** Tells whoever watches the run how it gets on. */
  readonly progress: RunProgress;
}

/** What one run carries through the corridor beside its work. */
export interface RunContext extends RunLimits {
  readonly taskId: string;
  readonly actor: Actor;
  readonly request: RunRequest;
  /** Refuses a write of a run that another process has claimed. */
  readonly guard: WriteGuard;
  /** Stores the journal so far, with how its calls ended. */
  readonly save: () => Promise<void>;
  readonly calls: CallEnds;
  readonly earlierCalls: EarlierCalls;
  readonly journal: Journal;
  readonly usage: UsageCounter;
  readonly reports: ReportMemo;
  /** What became of the stages so far. */
  readonly records: StageRecord[];
}

/** A run as one ask sees it: with somebody to tell of further attempts. */
export interface AskContext extends RunContext {
  readonly onRetry: (retry: CallRetry) => void;
  /** How many values are wanted of one call. */
  readonly candidates: number;
}

const NOTHING_USED: Usage = {
  externalCalls: 0,
  retrievals: 0,
  standinRevises: 0,
  standinSummaries: 0,
  styleSnippets: 0,
};

/** A text that was there but too low, or that was never kept, is no failure of the firebreak: it opens no way outside. */
function isRefusedText(answer: Answer<unknown>): boolean {
  const codes = ['optimizer.quality_gate', 'optimizer.nothing_kept'];
  return answer.status === 'failed' && codes.includes(answer.code);
}

/** What each role of a run has used or reserved so far, as the runner saw it. */
export class UsageCounter {
  private readonly byRole = new Map<Role, Usage>();
  private readonly firebreakTexts = new Set<CitedText>();
  private readonly firebreakBroke = new Set<Role>();

  of(role: Role): Usage {
    return this.byRole.get(role) ?? NOTHING_USED;
  }

  add(role: Role, used: Partial<Usage>): void {
    const sum = { ...this.of(role) };
    for (const key of Object.keys(used) as (keyof Usage)[]) sum[key] += used[key] ?? 0;
    this.byRole.set(role, sum);
  }

  /** Counts the calls before one with this ordinal that are not counted yet: attempts whose answer was lost. */
  reach(role: Role, reservation: NonNullable<Decision['reservation']>, each: Partial<Usage>): void {
    const name = reservation.budget === 'retrieval' ? 'retrievals' : 'externalCalls';
    const missing = reservation.ordinal - 1 - this.of(role)[name];
    for (let lost = 0; lost < missing; lost++) this.add(role, each);
  }

  /** Takes back what was counted for an ask that turned out to need no call. */
  release(role: Role, counted: Partial<Usage>): void {
    const rest = { ...this.of(role) };
    for (const key of Object.keys(counted) as (keyof Usage)[]) rest[key] -= counted[key] ?? 0;
    this.byRole.set(role, rest);
  }

  /** Takes note of how the firebreak fares: it failed when it gave no text, or one that its measure did not let stand. */
  observe(role: Role, ask: Ask, answer: Answer<unknown>): void {
    if ((ask.type === 'revise' || ask.type === 'summarize') && ask.writer === 'firebreak') {
      if (answer.status === 'done')
        this.firebreakTexts.add((answer.value as Generation<Revision | Summary>).value.text);
      else if (!isRefusedText(answer)) this.firebreakBroke.add(role);
    }
    // Only a measure of that very text counts, not one of a text the stage made bad itself.
    if (ask.type !== 'measure' || answer.status !== 'done' || !this.firebreakTexts.has(ask.output)) return;
    if ((answer.value as Measured).verdict.outcome === 'critical') this.firebreakBroke.add(role);
  }

  firebreakFailed(role: Role): boolean {
    return this.firebreakBroke.has(role);
  }
}
