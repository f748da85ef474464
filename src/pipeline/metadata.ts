import { PRESSURES, type Pressure } from '../memory/index.js';
import { type QaReport, safetyFlags } from '../qa/index.js';
import type { Snippet } from '../shared/index.js';
import { plainText } from '../shared/index.js';
import type { AnswerMetadata, InputSource, ReusedOperations } from './answer-metadata.js';
import type { Classification } from './classify.js';
import type { JournalEntry } from './journal.js';
import type { StageRecord } from './stage-record.js';
import type { Work } from './work.js';

const SEO_KEYWORDS = 5;

/** What the bundle is made from. */
export interface BundleInput {
  readonly taskId: string;
  readonly requestId: string;
  readonly userId: string;
  readonly classification: Classification;
  readonly provider: { readonly name: string; readonly model: string };
  readonly policy: { readonly version: string; readonly hash: string };
  readonly work: Work;
  readonly stages: readonly StageRecord[];
  readonly journal: readonly JournalEntry[];
  readonly durationMs: number;
}

/** Puts the record of a run into the form of the contract. */
export function bundle(input: BundleInput): AnswerMetadata {
  const { work, stages, classification } = input;
  const report = lastReport(input.journal);
  return {
    task_id: input.taskId,
    request_id: input.requestId,
    user_id: input.userId,
    outcome: work.outcome,
    classification: {
      mode: classification.mode,
      decided_by: classification.decidedBy,
      rule: classification.rule,
    },
    strategy: work.request.strategy,
    strategy_decision: { requested: work.request.plan.requested, reason: work.request.plan.reason },
    provider: input.provider,
    policy: input.policy,
    input_sources: work.outcome === 'answered' ? sourcesOf(work) : [],
    attribution: attributionOf(work, report),
    tone_flags: toneFlagsOf(work, report),
    scores: scoresOf(work, report),
    change_log: changeLogOf(work),
    long_tail_keywords: work.keywords,
    token_stats: {
      input_tokens: sum(stages, (stage) => stage.inputTokens),
      output_tokens: sum(stages, (stage) => stage.outputTokens),
    },
    trimmed_sections: work.trimmed,
    stages: stages.map(stageOf),
    cache: reusedIn(input.journal),
    pressure_mode: pressureOf(work.request.plan.pressure, input.journal),
    receipt_id: null,
    overhead_ms: round(input.durationMs - providerMs(input.journal)),
  };
}

function attributionOf(work: Work, report: QaReport | null): AnswerMetadata['attribution'] {
  return work.text.map((sentence, index) => ({
    sentence: sentence.text,
    snippet_ids: sentence.snippetIds,
    score: round(report?.support.find((each) => each.sentence === index)?.score ?? 0),
  }));
}

function toneFlagsOf(work: Work, report: QaReport | null): AnswerMetadata['tone_flags'] {
  const voiceMatch = report?.scores.voiceMatch ?? null;
  return {
    voice_match_score: voiceMatch === null ? null : round(voiceMatch),
    seo_keywords: work.keywords.slice(0, SEO_KEYWORDS),
    safety_flags: [...new Set([...work.safetyFlags, ...safetyFlags(plainText(work.text))])],
  };
}

function changeLogOf(work: Work): AnswerMetadata['change_log'] {
  return work.changes.map((change, index) => ({
    change_id: `c${index + 1}`,
    original_text: change.originalText,
    revised_text: change.revisedText,
    reason: change.reason,
    applied_by: change.appliedBy,
  }));
}

function stageOf(stage: StageRecord): AnswerMetadata['stages'][number] {
  return {
    role: stage.role,
    result: stage.result,
    duration_ms: round(stage.durationMs),
    external_calls: stage.externalCalls,
    fallback: stage.fallback,
  };
}

function reusedIn(journal: readonly JournalEntry[]): ReusedOperations | null {
  const count = (source: 'cached' | 'joined') =>
    journal.filter((entry) => entry.kind === 'ask' && entry.arrangement?.source === source).length;
  const reused = { level: 'operations', cached: count('cached'), joined: count('joined') } as const;
  return reused.cached + reused.joined > 0 ? reused : null;
}

function pressureOf(atStart: Pressure, journal: readonly JournalEntry[]): Pressure {
  const levels = journal.flatMap((entry) =>
    entry.kind === 'ask' && entry.arrangement ? [entry.arrangement] : [],
  );
  const highest = Math.max(
    ...[{ pressure: atStart }, ...levels].map(({ pressure }) => PRESSURES.indexOf(pressure)),
  );
  return PRESSURES[highest] ?? atStart;
}

/** The report that the last role's text was judged by. */
function lastReport(journal: readonly JournalEntry[]): QaReport | null {
  return journal.findLast((entry) => entry.kind === 'check')?.report ?? null;
}

/** A statement that nothing was found is not judged as if it were an answer. */
function scoresOf(work: Work, report: QaReport | null): AnswerMetadata['scores'] {
  if (report === null)
    return {
      coverage: round(work.pack.scores.coverage),
      tone: 0,
      style: null,
      diversity: 0,
      grounding: 0,
      qa: 0,
    };
  const { coverage, tone, style, diversity, grounding, qa } = report.scores;
  return {
    coverage: round(coverage),
    tone: tone === null ? null : round(tone),
    style: style === null || style === undefined ? null : round(style),
    diversity: round(diversity),
    grounding: round(grounding),
    qa: round(qa),
  };
}

/** Sources in the order in which the answer first uses them, so that `[1]` is the first a reader meets. */
function sourcesOf(work: Work): InputSource[] {
  const used = new Set(work.text.flatMap((sentence) => sentence.snippetIds));
  const byId = new Map(work.pack.snippets.map((snippet) => [snippet.id, snippet]));
  const cited = [...used].flatMap((id) => byId.get(id) ?? []);
  const rest = work.pack.snippets.filter((snippet) => !used.has(snippet.id));
  return [...cited, ...rest].map(sourceOf);
}

function sourceOf(snippet: Snippet): InputSource {
  const { attribution } = snippet;
  return {
    corpus: attribution.corpus,
    snippet_id: snippet.id,
    source_text: snippet.text,
    timestamp: attribution.timestamp,
    attribution: {
      document_id: attribution.documentId,
      document_hash: attribution.documentHash,
      source: attribution.source,
      external_id: attribution.externalId,
      thread_id: attribution.threadId,
      author_role: attribution.authorRole,
      title: attribution.title,
      url: attribution.url,
      span: attribution.span,
    },
  };
}

function providerMs(journal: readonly JournalEntry[]): number {
  return sum(journal, (entry) =>
    entry.kind === 'ask' && entry.facts.writer !== undefined ? entry.durationMs : 0,
  );
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
