import { Injectable } from '@nestjs/common';
import { type Decision, GovernanceService, type Verdict } from '../governance/index.js';
import { type Generation, ProviderDirectory } from '../provider/index.js';
import { AppError, Clock, hashOf, type Role } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { AskExecutor } from './ask-executor.js';
import { factsOf, usageOf } from './ask-facts.js';
import type { Answer, Ask, AskGroup, StageProgram } from './asks.js';
import { askHash } from './journal.js';
import type { RunContext } from './run-context.js';
import type { Stage, StageOutput } from './stage.js';
import type { Work } from './work.js';

/** What happened in one stage: its output, the verdict on it, and what it cost. */
export interface StagePassage {
  readonly output: StageOutput;
  readonly verdict: Verdict;
  readonly record: StageRecord;
}

export interface StageRecord {
  readonly role: Role;
  readonly result: 'passed' | 'minor' | 'major' | 'held' | 'skipped' | 'failed';
  readonly durationMs: number;
  readonly externalCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly fallback: string | null;
}

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

  async run(stage: Stage, work: Work, run: RunContext): Promise<StagePassage> {
    const startedMs = this.clock.elapsedMs();
    const firstEntry = run.journal.all().length;
    const output = await this.drive(stage.run(work), stage.role, run);
    const verdict = this.check(stage.role, output, run);
    const tokens = tokensSince(run, firstEntry);
    const record: StageRecord = {
      role: stage.role,
      result: resultOf(verdict),
      durationMs: this.clock.elapsedMs() - startedMs,
      externalCalls: run.usage.of(stage.role).externalCalls,
      ...tokens,
      fallback: output.fallback,
    };
    return { output, verdict, record };
  }

  private async drive(program: StageProgram<StageOutput>, role: Role, run: RunContext): Promise<StageOutput> {
    let step = program.next();
    while (!step.done) {
      run.signal.throwIfAborted();
      const answers = await this.answer(role, asksOf(step.value), run);
      const sent = step.value.type === 'all' ? answers : answers[0];
      step = program.next(sent as never);
    }
    return step.value;
  }

  /** Decides all asks of a group before any is done, so that together they cannot take more than one by one. */
  private async answer(role: Role, asks: readonly Ask[], run: RunContext): Promise<Answer<unknown>[]> {
    const decided = asks.map((ask) => {
      const facts = factsOf(ask, this.providers, run.usage.firebreakFailed(role));
      const decision = this.governance.decide(role, facts, run.usage.of(role));
      if (decision.permitted) run.usage.add(role, usageOf(facts));
      else this.log.warn('governance.denied', { role, action: facts.action, policies: decision.policies });
      return { ask, facts, decision };
    });
    const done = await Promise.all(
      decided.map(({ ask, decision }) => this.perform(role, ask, decision, run)),
    );
    done.forEach(({ answer, durationMs }, index) => {
      const { ask, facts, decision } = decided[index]!;
      run.usage.observe(role, ask, answer);
      run.journal.append({ kind: 'ask', role, facts, askHash: askHash(ask), decision, answer, durationMs });
    });
    return done.map(({ answer }) => answer);
  }

  private async perform(role: Role, ask: Ask, decision: Decision, run: RunContext) {
    const startedMs = this.clock.elapsedMs();
    const answer = await this.outcome(role, ask, decision, run);
    return { answer, durationMs: this.clock.elapsedMs() - startedMs };
  }

  private async outcome(role: Role, ask: Ask, decision: Decision, run: RunContext): Promise<Answer<unknown>> {
    if (!decision.permitted)
      return { status: 'denied', policies: decision.policies, message: decision.message };
    try {
      return { status: 'done', value: await this.executor.execute(role, ask, decision, run) };
    } catch (error) {
      run.signal.throwIfAborted();
      if (error instanceof AppError && error.code.startsWith('provider.'))
        return { status: 'failed', code: error.code, message: error.message };
      throw error;
    }
  }

  /** The output rules. A stage that found nothing to say has nothing to be judged. */
  private check(role: Role, output: StageOutput, run: RunContext): Verdict {
    if (output.work.outcome !== 'answered') return { outcome: 'pass', policies: [], findings: [] };
    const { report, verdict } = this.executor.measure(
      role,
      { pack: output.work.pack, output: output.emitted, input: output.input, keywords: output.work.keywords },
      run,
    );
    run.journal.append({ kind: 'check', role, outputHash: hashOf(output.emitted), report, verdict });
    return verdict;
  }
}

function asksOf(step: Ask | AskGroup): readonly Ask[] {
  return step.type === 'all' ? step.asks : [step];
}

function resultOf(verdict: Verdict): StageRecord['result'] {
  if (verdict.outcome === 'pass') return 'passed';
  return verdict.outcome === 'critical' ? 'held' : verdict.outcome;
}

function tokensSince(run: RunContext, firstEntry: number) {
  let inputTokens = 0;
  let outputTokens = 0;
  for (const entry of run.journal.all().slice(firstEntry)) {
    if (entry.kind !== 'ask' || entry.answer.status !== 'done' || entry.facts.writer === undefined) continue;
    const { usage } = entry.answer.value as Generation<unknown>;
    inputTokens += usage.inputTokens;
    outputTokens += usage.outputTokens;
  }
  return { inputTokens, outputTokens };
}
