import { Injectable } from '@nestjs/common';
import { type Decision, GovernanceService, type Verdict } from '../governance/index.js';
import { ProviderDirectory } from '../provider/index.js';
import { AppError, Clock, hashOf, type Role } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { AskExecutor } from './ask-executor.js';
import { factsOf, usageOf } from './ask-facts.js';
import { type Answer, type Ask, asksOf, type StageProgram } from './asks.js';
import { handOver } from './hand-over.js';
import { askHash, searchedIn } from './journal.js';
import type { RunContext } from './run-context.js';
import type { Stage, StageOutput } from './stage.js';
import { resultOf, type StageRecord, tokensOf } from './stage-record.js';
import type { Work } from './work.js';

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
    private readonly governance: GovernanceService,
    private readonly executor: AskExecutor,
    private readonly providers: ProviderDirectory,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(stage: Stage, before: Work, run: RunContext): Promise<StagePassage> {
    const startedMs = this.clock.elapsedMs();
    const record = (result: StageRecord['result'], fallback: string | null): void => {
      run.records.push({
        role: stage.role,
        result,
        durationMs: this.clock.elapsedMs() - startedMs,
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
      const facts = factsOf(ask, this.providers, run.usage.firebreakFailed(role));
      const decision = this.governance.decide(role, facts, run.usage.of(role));
      if (decision.permitted) run.usage.add(role, usageOf(facts));
      else this.log.warn('governance.denied', { role, action: facts.action, policies: decision.policies });
      return { ask, facts, decision };
    });
    const done = await Promise.allSettled(
      decided.map(({ ask, decision }) => this.perform(stage, ask, decision)),
    );
    // What was done is journaled even where another ask of the group ends the run.
    done.forEach((result, index) => {
      if (result.status === 'rejected') return;
      const { ask, facts, decision } = decided[index]!;
      run.usage.observe(role, ask, result.value.answer);
      run.journal.append({ kind: 'ask', role, facts, askHash: askHash(ask), decision, ...result.value });
    });
    return done.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value.answer;
    });
  }

  private async perform(stage: StageAtWork, ask: Ask, decision: Decision) {
    const startedMs = this.clock.elapsedMs();
    const answer = await this.outcome(stage, ask, decision);
    return { answer, durationMs: this.clock.elapsedMs() - startedMs };
  }

  private async outcome(stage: StageAtWork, ask: Ask, decision: Decision): Promise<Answer<unknown>> {
    if (!decision.permitted)
      return { status: 'denied', policies: decision.policies, message: decision.message };
    try {
      return { status: 'done', value: await this.execute(stage, ask, decision) };
    } catch (error) {
      stage.run.signal.throwIfAborted();
      if (error instanceof AppError && EXPECTED.some((prefix) => error.code.startsWith(prefix)))
        return { status: 'failed', code: error.code, message: error.message };
      throw error;
    }
  }

  private async execute({ role, before, run }: StageAtWork, ask: Ask, decision: Decision): Promise<unknown> {
    if (ask.type !== 'measure') return this.executor.execute(role, ask, decision, run);
    const report = run.reports.report({ ...ask, input: inputOf(before) });
    return { report, verdict: this.governance.judge(role, report) };
  }

  /** The output rules, on the text as it is handed on. A run that found nothing has nothing to be judged. */
  private check({ role, before, run }: StageAtWork, work: Work): Verdict {
    const { pack, text, keywords } = work;
    if (pack !== before.pack) run.journal.append({ kind: 'pack', role, pack: withoutTexts(pack) });
    if (work.outcome !== 'answered') return NOTHING_TO_JUDGE;
    const report = run.reports.report({ pack, output: text, input: inputOf(before), keywords });
    const verdict = this.governance.judge(role, report);
    run.journal.append({ kind: 'check', role, outputHash: hashOf(text), report, verdict });
    return verdict;
  }
}

/** Expected outcomes are values for the stage: a provider that gives nothing, a budget spent, nothing to ask. */
const EXPECTED = ['provider.', 'governance.budget_conflict', 'pipeline.no_reference_source'];

/** What a role was handed; null for the first one, which is handed nothing. */
function inputOf(before: Work): Work['text'] | null {
  return before.text.length > 0 ? before.text : null;
}

function withoutTexts({ snippets, ...pack }: Work['pack']) {
  return { ...pack, snippetIds: snippets.map((snippet) => snippet.id) };
}
