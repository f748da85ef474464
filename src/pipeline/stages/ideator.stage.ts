import {
  buildContextPack,
  type ContextPack,
  packIsSufficient,
  type SearchResult,
} from '../../corpus/index.js';
import type { Outline } from '../../provider/index.js';
import { detectPlantedInstructions, type Finding } from '../../qa/index.js';
import { type Answer, all, ask, type OutlineAsk, type StageProgram } from '../asks.js';
import type { Stage, StageOutput } from '../stage.js';
import type { RunRequest, Work } from '../work.js';
import { available, required } from './answers.js';
import { insufficientText } from './insufficient-text.js';
import { textFrame } from './text-frame.js';

const HITS_PER_CORPUS = 24;
const MAX_SNIPPETS = 16;

/** Finds the material and says in which points it bears on the prompt. */
export const ideator: Stage = {
  role: 'ideator',
  *run(work: Work): StageProgram<StageOutput> {
    const { request } = work;
    const answers = yield* all(request.corpora.map((corpus) => contextSearch(request, corpus)));
    const screened = screen(available(answers));
    const pack = packOf(request, screened);
    const safetyFlags = screened.removed > 0 ? ['planted_instruction_excluded'] : [];
    if (!packIsSufficient(pack)) return insufficient({ ...work, pack, safetyFlags });

    const first = required('ideator', yield* ask(outlineAsk(work, pack, []))).value;
    // Material that holds no statement (only code, only questions) answers nothing.
    if (first.points.length === 0) return insufficient({ ...work, pack, safetyFlags });
    const outline = yield* checked(work, pack, first);
    const next = { ...work, pack, outline, safetyFlags, text: outline.points };
    return { work: next, emitted: outline.points, input: null, fallback: null };
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

interface Screened {
  readonly results: readonly SearchResult[];
  readonly removed: number;
}

/** Corpus text is data: what addresses a model is left out before any model could read it. */
function screen(results: readonly SearchResult[]): Screened {
  let removed = 0;
  const clean = results.map((result) => ({
    ...result,
    hits: result.hits.filter((hit) => {
      const planted = detectPlantedInstructions(hit.snippet.text).length > 0;
      if (planted) removed++;
      return !planted;
    }),
  }));
  return { results: clean, removed };
}

function packOf(request: RunRequest, screened: Screened): ContextPack {
  return buildContextPack({
    prompt: request.prompt,
    results: screened.results,
    maxChars: request.contextMaxChars,
    maxSnippets: MAX_SNIPPETS,
  });
}

function outlineAsk(work: Work, pack: ContextPack, avoid: readonly string[]): OutlineAsk {
  return {
    type: 'generate',
    writer: 'primary',
    request: { ...textFrame(work.request, pack.snippets), task: 'outline', avoid },
  };
}

/** A minor miss is mended here by leaving points out, a major one by exactly one new outline. */
function* checked(work: Work, pack: ContextPack, outline: Outline): StageProgram<Outline> {
  const measured = yield* ask({ type: 'measure', pack, output: outline.points, input: null, keywords: [] });
  const { verdict } = required('ideator', measured);
  if (verdict.outcome === 'minor') return without(outline, verdict.findings);
  if (verdict.outcome !== 'major') return outline;
  const avoid = outline.points
    .filter((_, index) => isFound(verdict.findings, index))
    .map((point) => point.text);
  const second: Answer<{ value: Outline }> = yield* ask(outlineAsk(work, pack, avoid));
  return second.status === 'done' && second.value.value.points.length > 0
    ? second.value.value
    : without(outline, verdict.findings);
}

function without(outline: Outline, findings: readonly Finding[]): Outline {
  const points = outline.points.filter((_, index) => !isFound(findings, index));
  return points.length > 0 ? { ...outline, points } : outline;
}

function isFound(findings: readonly Finding[], index: number): boolean {
  return findings.some((finding) => finding.sentence === index);
}

function insufficient(work: Work): StageOutput {
  const text = insufficientText(work.pack, work.request);
  const next: Work = { ...work, outcome: 'insufficient_context', text };
  return { work: next, emitted: [], input: null, fallback: null };
}
