import type { Revision } from '../../provider/index.js';
import { ask, type ReviseAsk, type StageProgram, type Writer } from '../asks.js';
import type { Stage, StageOutput } from '../stage.js';
import type { Work } from '../work.js';
import { isSound, required } from './answers.js';
import { textFrame } from './text-frame.js';
import { distinctWriters } from './writers.js';

/** Applies the notes behind the firebreak: it may arrange and leave out, never add. */
export const revisor: Stage = {
  role: 'revisor',
  *run(work: Work): StageProgram<StageOutput> {
    // Outside comes last: the policy permits it once, and only after the firebreak failed.
    for (const writer of distinctWriters(work.request, ['firebreak', 'local', 'primary'])) {
      const revision = yield* tried(work, writer);
      if (revision) return revised(work, revision, writer === 'firebreak' ? null : writer);
    }
    return { work: { ...work, notes: [] }, fallback: 'input_unchanged' };
  },
};

/** A revision that passed its checks, or null. */
function* tried(work: Work, writer: Writer): StageProgram<Revision | null> {
  const answer = yield* ask(reviseAsk(work, writer));
  if (answer.status !== 'done') return null;
  const revision = answer.value.value;
  const measured = yield* ask({
    type: 'measure',
    pack: work.pack,
    output: revision.text,
    keywords: [],
  });
  return isSound(required('revisor', measured).verdict) ? revision : null;
}

function reviseAsk(work: Work, writer: Writer): ReviseAsk {
  return {
    type: 'revise',
    writer,
    request: { ...textFrame(work.request, work.pack.snippets), text: work.text, notes: work.notes },
  };
}

function revised(work: Work, revision: Revision, fallback: string | null): StageOutput {
  const changes = revision.changes.map((change) => ({ ...change, appliedBy: 'revisor' as const }));
  const next: Work = { ...work, text: revision.text, notes: [], changes: [...work.changes, ...changes] };
  return { work: next, fallback };
}
