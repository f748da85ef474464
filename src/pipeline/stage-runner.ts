import { Injectable } from '@nestjs/common';
import { type Decision, GovernanceService, SPEND_LIMIT_POLICY, type Verdict } from '../governance/index.js';
import type { Arrangement } from '../optimizer/index.js';
import type { CallRetry } from '../provider/index.js';
import { AppError, Clock, hashOf, type Role } from '../shared/index.js';
import { Metrics } from '../telemetry/index.js';
import { AskArranger, type PermittedAsk } from './ask-arranger.js';
import { AskDecider, type DecidedAsk } from './ask-decider.js';
import { callOf, usageOf } from './ask-facts.js';
import { type Answer, type Ask, asksOf, type StageProgram } from './asks.js';
import { handOver } from './hand-over.js';
import { type AskEntry, searchedIn } from './journal.js';
import type { RunContext } from './run-context.js';
import { isInterruption } from './run-faults.js';
import type { Stage, StageOutput } from './stage.js';
import { resultOf, type StageRecord, tokensOf } from './stage-record.js';
import { inputOf, type Work } from './work.js';

/** What happened in one stage: the work as the next role gets it, and the verdict on it. */
export interface StagePassage {
  readonly work: Work;
  readonly verdict: Verdict;
}

/** What a role that is at work was handed: the text that its own is measured against. */
interface StageAtWork {
  readonly role: Role;
  readonly before: Work;
  readonly run: RunContext;
}

const NOTHING_TO_JUDGE: Verdict = { outcome: 'pass', policies: [], findings: [], missed: [] };

/** The one interpreter: every ask of every stage is decided, done and recorded here, and nowhere else. */
@Injectable()
export class StageRunner {
  constructor(
    private readonly decider: AskDecider,
    private readonly arranger: AskArranger,
    private readonly governance: GovernanceService,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  async run(stage: Stage, before: Work, run: RunContext): Promise<StagePassage> {
    const startedMs = this.clock.elapsedMs();
    const record = (result: StageRecord['result'], fallback: string | null): StageRecord => {
      const entries = run.journal.all();
      const durationMs = this.clock.elapsedMs() - startedMs + run.journal.givenBackMs(stage.role);
      // What another attempt did was counted there.
      if (!run.journal.isRepeating) this.metrics.stageEnded(stage.role, result, durationMs / 1_000);
      const { usage, earlierCalls } = run;
      // A call whose answer was lost is spent, also where its ask was then denied.
      const lost = earlierCalls.externalCallsOf(stage.role);
      const externalCalls = Math.max(usage.of(stage.role).externalCalls, lost);
      const tokens = tokensOf(stage.role, entries);
      const one = { role: stage.role, result, durationMs, externalCalls, ...tokens, fallback };
      run.records.push(one);
      return one;
    };
    run.progress.stageStarted(stage.role, run.journal.size);
    try {
      const output = await this.drive(stage.run(before), { role: stage.role, before, run });
      const work = handOver(before, output, searchedIn(run.journal.all(), stage.role));
      const verdict = this.check({ role: stage.role, before, run }, work);
      const passed = record(resultOf(verdict), output.fallback);
      run.progress.stageFinished(passed, run.journal.size, work.outcome === 'answered' ? { verdict } : null);
      return { work, verdict };
    } catch (error) {
      record('failed', null);
      throw error;
    }
  }

  private async drive(program: StageProgram<StageOutput>, stage: StageAtWork): Promise<StageOutput> {
    let step = program.next();
    while (!step.done) {
      stage.run.signal.throwIfAborted();
      const answers = await this.answer(stage, asksOf(step.value));
      const sent = step.value.type === 'all' ? answers : answers[0];
      step = program.next(sent as never);
    }
    return step.value;
  }

  /** Decides all asks of a group before any is done, so that together they cannot take more than one by one. */
  private async answer(stage: StageAtWork, asks: readonly Ask[]): Promise<Answer<unknown>[]> {
    const { role, run } = stage;
    const first = run.journal.size;
    const decided = asks.map((ask) => this.decider.decide(role, ask, run));
    run.progress.asksDecided(role, first, decided);
    const done = await Promise.all(decided.map((one) => this.perform(stage, one)));
    // All that was done is journaled, even where another ask of the group ends the run; what was broken off is not.
    const brokenOff = done.findIndex(({ end }) => isInterruption(end));
    const whole = brokenOff === -1 ? done : done.slice(0, brokenOff);
    const group = asks.length > 1 ? { group: { size: asks.length } } : {};
    for (const [index, result] of whole.entries())
      this.record(stage, decided[index]!, { ...result, ...group });
    if (!run.signal.aborted && run.calls.unstored().length > 0) await run.save();
    run.progress.asksFinished(first, asks.length, run.journal.asksFrom(first));
    const ending = done.find(({ end }) => end !== null);
    if (ending) throw ending.end;
    return done.map(({ answer }) => answer);
  }

  private record({ role, run }: StageAtWork, one: DecidedAsk, { end: _end, ...result }: Performed): void {
    const { ask, askHash, facts, decision, recorded } = one;
    // What was there already spent nothing, so the role may still spend it.
    if (decision.permitted && !result.isExecuted) run.usage.release(role, callOf(usageOf(facts)));
    run.usage.observe(role, ask, result.answer);
    if (!recorded) run.journal.append({ kind: 'ask', role, facts, askHash, ...result });
  }

  private async perform(stage: StageAtWork, { ask, decision, recorded }: DecidedAsk): Promise<Performed> {
    if (recorded) return { ...recorded, end: null };
    const startedMs = this.clock.elapsedMs();
    const retries: CallRetry[] = [];
    const run = { ...stage.run, onRetry: (retry: CallRetry) => retries.push(retry), candidates: 1 };
    let isExecuted = decision.permitted && ask.type === 'measure';
    const onExecute = () => {
      isExecuted = true;
    };
    const outcome = await this.outcome({ ...stage, ask, decision, run, onExecute });
    const durationMs = this.clock.elapsedMs() - startedMs;
    return { decision, end: null, arrangement: null, ...outcome, isExecuted, retries, durationMs };
  }

  private async outcome(one: PermittedAsk<Ask>): Promise<Pick<Performed, 'answer'> & Partial<Performed>> {
    const { decision, run } = one;
    if (!decision.permitted)
      return { answer: { status: 'denied', policies: decision.policies, message: decision.message } };
    try {
      const { value, arrangement } = await this.execute(one);
      return { answer: { status: 'done', value }, arrangement };
    } catch (error) {
      return withoutValue(error, run.signal);
    }
  }

  private async execute(
    one: PermittedAsk<Ask>,
  ): Promise<{ readonly value: unknown; readonly arrangement: Arrangement | null }> {
    const { role, before, ask, run } = one;
    if (ask.type !== 'measure') return this.arranger.perform({ ...one, ask });
    const report = run.reports.report({ ...ask, input: inputOf(before) });
    return {
      value: { report, verdict: this.governance.judge(role, report, run.request.mode) },
      arrangement: null,
    };
  }

  /** The output rules, on the text as it is handed on. A run that found nothing has nothing to be judged. */
  private check({ role, before, run }: StageAtWork, work: Work): Verdict {
    const { pack, text, keywords } = work;
    if (pack !== before.pack) run.journal.append({ kind: 'pack', role, pack: withoutTexts(pack) });
    if (work.outcome !== 'answered') return NOTHING_TO_JUDGE;
    const report = run.reports.report({ pack, output: text, input: inputOf(before), keywords });
    const judged = this.governance.judge(role, report, run.request.mode);
    const { voiceMark: voice } = run.reports;
    const { verdict } = run.journal.append({
      kind: 'check',
      role,
      outputHash: hashOf(text),
      report,
      voice,
      verdict: judged,
      notes: work.notes,
    });
    if (run.journal.isRepeating) return verdict;
    for (const [dimension, score] of Object.entries(report.scores))
      if (score !== null) this.metrics.qaScored(dimension, score);
    return verdict;
  }
}

/** An ask that was done or refused, as it is journaled; `end` is what ends the run after it. */
interface Performed extends Omit<AskEntry, 'kind' | 'role' | 'facts' | 'askHash'> {
  readonly end: unknown;
}

/** Expected outcomes are values for the stage: a provider that gives nothing or not in time, a budget spent, nothing to ask. */
const EXPECTED = ['provider.', 'optimizer.', 'governance.budget_conflict', 'pipeline.no_reference_source'];

/** What an ask that threw comes to: a value for the stage, or the end of the run with what is to be journaled before it. */
function withoutValue(error: unknown, signal: AbortSignal) {
  const { code, message } =
    error instanceof AppError ? error : { code: 'internal', message: 'It ended in an error.' };
  const failed = { answer: { status: 'failed', code, message } as const };
  if (signal.aborted) return { ...failed, end: signal.reason as unknown };
  if (EXPECTED.some((prefix) => code.startsWith(prefix))) return failed;
  if (code !== 'governance.spend_limit') return { ...failed, end: error };
  const policies = [SPEND_LIMIT_POLICY];
  const refusal: Decision = { permitted: false, policies, reservation: null, message };
  return { answer: { status: 'denied', policies, message } as const, decision: refusal, end: error };
}

function withoutTexts({ snippets, ...pack }: Work['pack']) {
  return { ...pack, snippetIds: snippets.map((snippet) => snippet.id) };
}
