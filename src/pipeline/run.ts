import type { Verdict } from '../governance/index.js';
import type { Role } from '../shared/index.js';
import type { RunContext } from './run-context.js';
import { skippedStage } from './stage-record.js';
import type { StageRunner } from './stage-runner.js';
import { STAGES } from './stages/index.js';
import { newWork, type Work } from './work.js';

/** How the corridor ended: with an answer, or with a text that a person has to look at first. */
export type RunOutcome =
  | { readonly state: 'succeeded'; readonly work: Work }
  | { readonly state: 'held'; readonly work: Work; readonly role: Role; readonly verdict: Verdict };

/** Takes a request through the five roles. A critical verdict stops it where it falls. */
export async function runCorridor(runner: StageRunner, run: RunContext): Promise<RunOutcome> {
  let work = newWork(run.request);
  for (const stage of STAGES) {
    if (work.outcome === 'insufficient_context') {
      run.records.push(skippedStage(stage.role));
      continue;
    }
    const passage = await runner.run(stage, work, run);
    work = passage.work;
    if (passage.verdict.outcome === 'critical')
      return { state: 'held', work, role: stage.role, verdict: passage.verdict };
  }
  return { state: 'succeeded', work };
}
