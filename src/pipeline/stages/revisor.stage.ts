import type { Revision } from '../../provider/index.js';
import { ask, type ReviseAsk, type StageProgram, type WriterChoice } from '../asks.js';
import type { Stage, StageOutput } from '../stage.js';
import type { Work } from '../work.js';
import { isSound, required } from './answers.js';
import { textFrame } from './text-frame.js';
import { standing } from './writers.js';

/** Applies the notes behind the firebreak: it may arrange and leave out, never add. */
export const revisor: Stage = {
  role: 'revisor',
  *run(work: Work): StageProgram<StageOutput> {
    // Outside comes last: the policy permits it once, and only after the firebreak failed.
    const revision = yield* standing(
      work.request,
      ['firebreak', 'local', 'primary'],
      (choice) => ask(reviseAsk(work, choice)),
      ({ value }) => checked(work, value),
    );
    if (revision) return revised(work, revision.value, revision.fallback);
    return { work: { ...work, notes: [] }, fallback: 'input_unchanged' };
  },
};

/** The revision where it passes its checks, or null. */
function* checked(work: Work, revision: Revision): StageProgram<Revision | null> {
  const measured = yield* ask({
    type: 'measure',
    pack: work.pack,
    output: revision.text,
    keywords: [],
  });
  return isSound(required('revisor', measured).verdict) ? revision : null;
}

function reviseAsk(work: Work, choice: WriterChoice): ReviseAsk {
  return {
    type: 'revise',
    ...choice,
    request: { ...textFrame(work.request, work.pack.snippets), text: work.text, notes: work.notes },
  };
}

function revised(work: Work, revision: Revision, fallback: string | null): StageOutput {
  const changes = revision.changes.map((change) => ({ ...change, appliedBy: 'revisor' as const }));
  const next: Work = { ...work, text: revision.text, notes: [], changes: [...work.changes, ...changes] };
  return { work: next, fallback };
}
