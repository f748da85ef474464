import type { Summary } from '../../provider/index.js';
import { ask, type StageProgram, type Writer } from '../asks.js';
import type { Stage, StageOutput } from '../stage.js';
import type { Work } from '../work.js';
import { isSound, required } from './answers.js';
import { textFrame } from './text-frame.js';
import { distinctWriters } from './writers.js';

/** Brings the text to its length by keeping whole statements, and names its keyphrases. */
export const summarizer: Stage = {
  role: 'summarizer',
  *run(work: Work): StageProgram<StageOutput> {
    for (const writer of distinctWriters(work.request, ['firebreak', 'local'])) {
      const summary = yield* tried(work, writer);
      if (summary) return summarized(work, summary, writer === 'firebreak' ? null : writer);
    }
    return { work, fallback: 'input_unchanged' };
  },
};

/** A summary that passed its checks, or null. */
function* tried(work: Work, writer: Writer): StageProgram<Summary | null> {
  const answer = yield* ask({
    type: 'summarize',
    writer,
    request: {
      ...textFrame(work.request, work.pack.snippets),
      text: work.text,
      maxWords: work.request.maxWords,
    },
  });
  if (answer.status !== 'done') return null;
  const summary = answer.value.value;
  const measured = yield* ask({
    type: 'measure',
    pack: work.pack,
    output: summary.text,
    keywords: summary.keywords,
  });
  return isSound(required('summarizer', measured).verdict) ? summary : null;
}

function summarized(work: Work, summary: Summary, fallback: string | null): StageOutput {
  const trimmed = [...work.trimmed, ...summary.trimmed];
  const next: Work = { ...work, text: summary.text, trimmed, keywords: summary.keywords };
  return { work: next, fallback };
}
