import type { Role } from '../shared/index.js';
import type { StageProgram } from './asks.js';
import type { Work } from './work.js';

/** What a stage is done with. The runner, not the stage, says what of it is judged, and against what. */
export interface StageOutput {
  readonly work: Work;
  /** What stood in for the asked writer, or null: `local`, `input_unchanged`. */
  readonly fallback: string | null;
}

/** One role's code: pure, it reaches nothing but through the asks it yields. */
export interface Stage {
  readonly role: Role;
  run(work: Work): StageProgram<StageOutput>;
}

/** A stage cannot go on: an ask it depends on was denied or failed. Ends the run. */
export class StageBlocked extends Error {
  override readonly name = 'StageBlocked';

  constructor(
    readonly role: Role,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
