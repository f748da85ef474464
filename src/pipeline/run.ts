import type { Verdict } from '../governance/index.js';
import type { CitedText, Role } from '../shared/index.js';
import type { RunContext } from './run-context.js';
import type { Stage } from './stage.js';
import type { StageRecord, StageRunner } from './stage-runner.js';
import { STAGES } from './stages/index.js';
import { newWork, type Work } from './work.js';

/** How the corridor ended: with an answer, or with a text that a person has to look at first. */
export type RunOutcome =
  | { readonly state: 'succeeded'; readonly work: Work; readonly stages: readonly StageRecord[] }
  | {
      readonly state: 'held';
      readonly work: Work;
      readonly stages: readonly StageRecord[];
      readonly role: Role;
      readonly text: CitedText;
      readonly verdict: Verdict;
    };

/** Takes a request through the five roles. A critical verdict stops it where it falls. */
export async function runCorridor(runner: StageRunner, run: RunContext): Promise<RunOutcome> {
  let work = newWork(run.request);
  const stages: StageRecord[] = [];
  for (const stage of STAGES) {
    if (work.outcome === 'insufficient_context') {
      stages.push(skipped(stage));
      continue;
    }
    const passage = await runner.run(stage, work, run);
    stages.push(passage.record);
    work = passage.output.work;
    if (passage.verdict.outcome === 'critical') {
      const { verdict, output } = passage;
      return { state: 'held', work, stages, role: stage.role, text: output.emitted, verdict };
    }
  }
  return { state: 'succeeded', work, stages };
}

function skipped(stage: Stage): StageRecord {
  return {
    role: stage.role,
    result: 'skipped',
    durationMs: 0,
    externalCalls: 0,
    inputTokens: 0,
    outputTokens: 0,
    fallback: null,
  };
}
