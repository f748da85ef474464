import type { Pressure } from '../memory/index.js';
import type { Attribution, CorpusName, Mode, Strategy } from '../shared/index.js';
import type { Work } from './work.js';

/** A snippet an answer was made from, as it leaves. */
export interface InputSource {
  readonly corpus: CorpusName;
  readonly snippet_id: string;
  readonly source_text: string;
  readonly timestamp: string | null;
  readonly attribution: {
    readonly document_id: string;
    readonly document_hash: string;
    readonly source: string;
    readonly external_id: string;
    readonly thread_id: string | null;
    readonly author_role: Attribution['authorRole'];
    readonly title: string | null;
    readonly url: string | null;
    readonly span: Attribution['span'];
  };
}

/** Results of a run that were there already. */
export interface ReusedOperations {
  readonly level: 'operations';
  /** Results kept from earlier runs, and results of a run at work at the same time. */
  readonly cached: number;
  readonly joined: number;
}

/** An answer that was there already, or just being made. */
export interface ReusedAnswer {
  readonly level: 'answer';
  /** `joined`: the other run was still at work when this one began. */
  readonly source: 'cached' | 'joined';
  /** The run that made the answer. */
  readonly task_id: string;
  readonly age_ms: number;
}

/** The metadata bundle of an answer, as it leaves. */
export interface AnswerMetadata {
  readonly task_id: string;
  readonly request_id: string;
  readonly user_id: string;
  readonly outcome: Work['outcome'];
  readonly classification: {
    readonly mode: Mode;
    readonly decided_by: 'caller' | 'rule';
    readonly rule: string;
  };
  /** The strategy that was applied. */
  readonly strategy: Strategy;
  readonly strategy_decision: { readonly requested: Strategy; readonly reason: string };
  readonly provider: { readonly name: string; readonly model: string };
  readonly policy: { readonly version: string; readonly hash: string };
  readonly input_sources: readonly InputSource[];
  readonly attribution: readonly { sentence: string; snippet_ids: readonly string[]; score: number }[];
  readonly tone_flags: {
    readonly voice_match_score: number | null;
    readonly seo_keywords: readonly string[];
    readonly safety_flags: readonly string[];
  };
  readonly scores: {
    readonly coverage: number;
    /** Null for a text in another language than English. */
    readonly tone: number | null;
    readonly style: number | null;
    readonly diversity: number;
    readonly grounding: number;
    readonly qa: number;
  };
  readonly change_log: readonly {
    change_id: string;
    original_text: string;
    revised_text: string;
    reason: string;
    applied_by: string;
  }[];
  readonly long_tail_keywords: readonly string[];
  readonly token_stats: { readonly input_tokens: number; readonly output_tokens: number };
  readonly trimmed_sections: readonly { text: string; reason: string }[];
  readonly stages: readonly {
    role: string;
    result: string;
    duration_ms: number;
    external_calls: number;
    fallback: string | null;
  }[];
  /** What was there already: single results, or the whole answer of an earlier run. Null: nothing was. */
  readonly cache: ReusedOperations | ReusedAnswer | null;
  /** The tightest that memory was while the run worked. */
  readonly pressure_mode: Pressure;
  readonly receipt_id: null;
  readonly overhead_ms: number;
}
