import { buildContextPack, type ContextPack, packIsSufficient } from '../../corpus/index.js';
import type { Outline } from '../../provider/index.js';
import {
  all,
  ask,
  type OutlineAsk,
  type ScreenedSearch,
  type StageProgram,
  type WriterChoice,
} from '../asks.js';
import { corpusMixOf } from '../corpus-mix.js';
import type { Stage, StageOutput } from '../stage.js';
import type { RunRequest, Work } from '../work.js';
import { available, faulty, mended, required } from './answers.js';
import { textFrame } from './text-frame.js';
import { type Written, written } from './writers.js';

const HITS_PER_CORPUS = 24;
const MAX_SNIPPETS = 16;

/** Finds the material and says in which points it bears on the prompt. */
export const ideator: Stage = {
  role: 'ideator',
  *run(work: Work): StageProgram<StageOutput> {
    const { request } = work;
    const searches = yield* all(request.corpora.map((corpus) => contextSearch(request, corpus)));
    const found = available(searches);
    const lost = searches.find(({ status }) => status === 'failed');
    const pack = packOf(request, found);
    const isPlanted = found.some((result) => result.excluded.length > 0);
    const next: Work = { ...work, pack, safetyFlags: isPlanted ? ['planted_instruction_excluded'] : [] };
    if (!packIsSufficient(pack)) {
      // What could not be searched may hold it: that nothing was found is not known.
      if (lost) required('ideator', lost);
      return insufficient(next);
    }

    const { value: first, fallback } = yield* outlined(work, pack, []);
    // Material that holds no statement (only code, only questions) answers nothing.
    if (first.points.length === 0) return insufficient(next);
    const outline = yield* checked(work, pack, first);
    return {
      work: { ...next, outline, text: outline.points },
      fallback: lost ? 'search_incomplete' : fallback,
    };
  },
};

function contextSearch(request: RunRequest, corpus: RunRequest['corpora'][number]) {
  return {
    type: 'search',
    corpus,
    text: request.prompt,
    limit: HITS_PER_CORPUS,
    purpose: 'context',
  } as const;
}

function packOf(request: RunRequest, results: readonly ScreenedSearch[]): ContextPack {
  return buildContextPack({
    prompt: request.prompt,
    results,
    maxChars: request.contextMaxChars,
    maxSnippets: MAX_SNIPPETS,
    mix: corpusMixOf(request.mode, request.prompt),
  });
}

function outlineAsk(
  work: Work,
  pack: ContextPack,
  avoid: readonly string[],
  choice: WriterChoice,
): OutlineAsk {
  return {
    type: 'generate',
    ...choice,
    request: { ...textFrame(work.request, pack.snippets), task: 'outline', avoid },
  };
}

function* outlined(work: Work, pack: ContextPack, avoid: readonly string[]): StageProgram<Written<Outline>> {
  const { value, fallback } = yield* written('ideator', work.request, (choice) =>
    ask(outlineAsk(work, pack, avoid, choice)),
  );
  return { value: value.value, fallback };
}

/** A minor miss is mended here by leaving points out, a major one by exactly one new outline where there is time. */
function* checked(work: Work, pack: ContextPack, outline: Outline): StageProgram<Outline> {
  const answer = yield* ask({ type: 'measure', pack, output: outline.points, keywords: [] });
  const measured = required('ideator', answer);
  const kept = { ...outline, points: mended(outline.points, measured) };
  const { outcome } = measured.verdict;
  if (outcome !== 'major' && outcome !== 'minor') return outline;
  if (outcome === 'minor' || !work.request.plan.optionalAsks) return kept;
  const avoid = faulty(outline.points, measured).map((point) => point.text);
  const second = yield* ask(outlineAsk(work, pack, avoid, { writer: 'primary' }));
  return second.status === 'done' && second.value.value.points.length > 0 ? second.value.value : kept;
}

function insufficient(work: Work): StageOutput {
  return { work: { ...work, outcome: 'insufficient_context' }, fallback: null };
}
