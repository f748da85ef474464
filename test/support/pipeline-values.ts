import type { ContextPack } from '../../src/corpus/index.js';
import type { Verdict } from '../../src/governance/index.js';
import type { RunPlan } from '../../src/optimizer/index.js';
import type { Measured, ScreenedSearch } from '../../src/pipeline/asks.js';
import { newWork, type RunRequest, type Work } from '../../src/pipeline/work.js';
import type { Generation } from '../../src/provider/index.js';
import type { CitedText, CorpusName, Snippet } from '../../src/shared/index.js';

/** Values of the pipeline for specs: whole by default, with the parts a test is about laid over them. */

export const A_PLAN: RunPlan = {
  strategy: 'balanced',
  requested: 'balanced',
  reason: 'as requested',
  gate: { minTone: 0, minStyle: 0, minOverall: 0, enforce: false },
  pressure: 'ok',
  optionalAsks: true,
  critiqueBy: 'primary',
  candidates: 1,
  draftWordsFactor: 2,
  contextShare: 1,
};

export function aRequest(over: Partial<RunRequest> = {}): RunRequest {
  return {
    prompt: 'What did I decide about the greenhouse heating?',
    mode: 'chat',
    corpora: ['personal'],
    tone: 'neutral',
    style: 'concise',
    strategy: 'balanced',
    plan: A_PLAN,
    mayRecall: false,
    maxDraftWords: 300,
    maxWords: 150,
    contextMaxChars: 12_000,
    writers: { primary: 'mvlm', firebreak: 'mvlm', local: 'mvlm' },
    asOf: '2026-11-22',
    ...over,
  };
}

export function aSnippet(id: string, text: string, corpus: CorpusName = 'personal'): Snippet {
  return {
    id,
    text,
    score: 1,
    attribution: {
      documentId: id,
      corpus,
      source: 'markdown',
      externalId: id,
      threadId: null,
      authorRole: 'self',
      title: null,
      url: null,
      timestamp: '2026-01-02T00:00:00.000Z',
      span: { start: 0, end: text.length },
      documentHash: id.padEnd(64, '0'),
    },
  };
}

export function aSearchResult(snippets: readonly Snippet[], stems: readonly string[]): ScreenedSearch {
  return {
    hits: snippets.map((snippet) => ({
      snippet,
      reasons: { bm25: 1, relatedWords: 0, thread: 0, factors: [], matchedTerms: stems },
      flags: [],
      context: null,
    })),
    terms: stems.map((stem) => ({ stem, forms: [], idf: 2, documentCount: 1 })),
    excluded: [],
  };
}

export function aPack(snippets: readonly Snippet[]): ContextPack {
  return {
    snippets,
    choices: [],
    omitted: [],
    concepts: [{ stem: 'greenhous', weight: 1, covered: true }],
    evidence: { bestShare: 1, bestTopics: 1, unknownName: false },
    scores: { coverage: 1, diversity: 1 },
  };
}

export function cited(...sentences: readonly (readonly [text: string, snippetId: string])[]): CitedText {
  return sentences.map(([text, snippetId]) => ({ text, snippetIds: [snippetId], paragraph: 0 }));
}

export function aWork(over: Partial<Work> = {}): Work {
  return { ...newWork(aRequest()), ...over };
}

export function generated<T>(value: T): Generation<T> {
  return { value, usage: { inputTokens: 3, outputTokens: 2 }, provider: 'mvlm', model: 'test' };
}

export const PASS: Verdict = { outcome: 'pass', policies: [], findings: [], missed: [] };

export function measured(verdict: Partial<Verdict> = {}): Measured {
  const scores = { coverage: 1, grounding: 1, tone: 1, style: null, diversity: 1, qa: 1, voiceMatch: null };
  return {
    report: { scores, findings: [], support: [], manner: [], condensation: null },
    verdict: { ...PASS, ...verdict },
  };
}

/** A finding on one sentence. */
export function ungrounded(sentence: number): Verdict['findings'][number] {
  return { kind: 'ungrounded', sentence, span: null, evidence: 'x', message: 'Its sources do not say this.' };
}
