import type { Summary } from '../../provider/index.js';
import { ask, type StageProgram, type SummarizeAsk, type WriterChoice } from '../asks.js';
import type { Stage, StageOutput } from '../stage.js';
import type { Work } from '../work.js';
import { isSound, required } from './answers.js';
import { textFrame } from './text-frame.js';
import { standing } from './writers.js';

/** Brings the text to its length by keeping whole statements, and names its keyphrases. */
export const summarizer: Stage = {
  role: 'summarizer',
  *run(work: Work): StageProgram<StageOutput> {
    const summary = yield* standing(
      work.request,
      ['firebreak', 'local'],
      (choice) => ask(summarizeAsk(work, choice)),
      ({ value }) => checked(work, value),
    );
    if (summary) return summarized(work, summary.value, summary.fallback);
    return { work, fallback: 'input_unchanged' };
  },
};

function summarizeAsk(work: Work, choice: WriterChoice): SummarizeAsk {
  const { request, pack, text } = work;
  return {
    type: 'summarize',
    ...choice,
    request: { ...textFrame(request, pack.snippets), text, maxWords: request.maxWords },
  };
}

/** The summary where it passes its checks, or null. */
function* checked(work: Work, summary: Summary): StageProgram<Summary | null> {
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
