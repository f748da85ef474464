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
import { askHash, searchedIn } from './journal.js';
import type { RunContext } from './run-context.js';
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
    const record = (result: StageRecord['result'], fallback: string | null): void => {
      const durationMs = this.clock.elapsedMs() - startedMs;
      this.metrics.stageEnded(stage.role, result, durationMs / 1_000);
      run.records.push({
        role: stage.role,
        result,
        durationMs,
        externalCalls: run.usage.of(stage.role).externalCalls,
        ...tokensOf(stage.role, run.journal.all()),
        fallback,
      });
    };
    try {
      const output = await this.drive(stage.run(before), { role: stage.role, before, run });
      const work = handOver(before, output, searchedIn(run.journal.all(), stage.role));
      const verdict = this.check({ role: stage.role, before, run }, work);
      record(resultOf(verdict), output.fallback);
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
    const decided = asks.map((ask) => {
      const one = this.decider.decide(role, ask, run.usage);
      if (one.decision.permitted) run.usage.add(role, usageOf(one.facts));
      return one;
    });
    const done = await Promise.all(decided.map((one) => this.perform(stage, one)));
    // All that was done is journaled, even where another ask of the group ends the run.
    done.forEach(({ end: _end, ...result }, index) => {
      const { ask, facts } = decided[index]!;
      run.usage.observe(role, ask, result.answer);
      run.journal.append({ kind: 'ask', role, facts, askHash: askHash(ask), ...result });
    });
    const ending = done.find((result) => result.end !== null);
    if (ending) throw ending.end;
    return done.map(({ answer }) => answer);
  }

  private async perform(stage: StageAtWork, { ask, facts, decision }: DecidedAsk): Promise<Performed> {
    const startedMs = this.clock.elapsedMs();
    const retries: CallRetry[] = [];
    const run = { ...stage.run, onRetry: (retry: CallRetry) => retries.push(retry), candidates: 1 };
    let wasExecuted = false;
    const onExecute = () => {
      wasExecuted = true;
    };
    const outcome = await this.outcome({ ...stage, ask, decision, run, onExecute });
    // What was there already spent nothing, so the role may still spend it.
    if (decision.permitted && ask.type !== 'measure' && !wasExecuted)
      run.usage.release(stage.role, callOf(usageOf(facts)));
    const durationMs = this.clock.elapsedMs() - startedMs;
    return { decision, end: null, arrangement: null, ...outcome, retries, durationMs };
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
    const verdict = this.governance.judge(role, report, run.request.mode);
    for (const [dimension, score] of Object.entries(report.scores))
      if (score !== null) this.metrics.qaScored(dimension, score);
    run.journal.append({ kind: 'check', role, outputHash: hashOf(text), report, verdict, notes: work.notes });
    return verdict;
  }
}

/** An ask that was done or refused, as it is journaled; `end` is what ends the run after it. */
interface Performed {
  readonly answer: Answer<unknown>;
  readonly decision: Decision;
  readonly arrangement: Arrangement | null;
  readonly retries: readonly CallRetry[];
  readonly durationMs: number;
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
