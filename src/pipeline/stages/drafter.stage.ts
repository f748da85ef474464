import type { Snippet } from '../../shared/index.js';
import { all, ask, type StageProgram } from '../asks.js';
import type { Stage, StageOutput } from '../stage.js';
import type { Work } from '../work.js';
import { available, mended, required } from './answers.js';
import { textFrame } from './text-frame.js';
import { written } from './writers.js';

/** Five in all: the policy's limit on what the Drafter may read for style. */
const STYLE_HITS = { published: 3, social: 2 } as const;

/** Writes a first text along the outline; may look at published and social pieces for style only. */
export const drafter: Stage = {
  role: 'drafter',
  *run(work: Work): StageProgram<StageOutput> {
    const styleSnippets = work.request.plan.optionalAsks ? yield* searchStyle(work) : [];
    const { value, fallback } = yield* written('drafter', work.request, (choice) =>
      ask({
        type: 'generate',
        ...choice,
        request: {
          ...textFrame(work.request, work.pack.snippets),
          task: 'draft',
          outline: work.outline,
          maxWords: work.request.maxDraftWords,
          styleSnippets,
        },
      }),
    );
    const draft = value.value;
    const answer = yield* ask({ type: 'measure', pack: work.pack, output: draft, keywords: [] });
    const measured = required('drafter', answer);
    // A minor miss is mended here; what a revise call would take goes to the Critic, which still has one.
    if (measured.verdict.outcome === 'minor')
      return { work: { ...work, text: mended(draft, measured) }, fallback };
    const { findings: openFindings, missed: openMisses } = measured.verdict;
    return { work: { ...work, text: draft, openFindings, openMisses }, fallback };
  },
};

function* searchStyle(work: Work): StageProgram<readonly Snippet[]> {
  const asks = (['published', 'social'] as const)
    .filter((corpus) => work.request.corpora.includes(corpus))
    .map((corpus) => ({
      type: 'search' as const,
      corpus,
      text: work.request.prompt,
      limit: STYLE_HITS[corpus],
      purpose: 'style' as const,
    }));
  if (asks.length === 0) return [];
  const results = available(yield* all(asks));
  return results.flatMap((result) => result.hits.map((hit) => hit.snippet));
}
