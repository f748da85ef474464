import type { ContextPack, SearchResult } from '../corpus/index.js';
import type { Verdict } from '../governance/index.js';
import type {
  CritiqueRequest,
  DraftRequest,
  GenerateResult,
  Generation,
  OutlineRequest,
  ReviseRequest,
  Revision,
  SummarizeRequest,
  Summary,
} from '../provider/index.js';
import type { QaReport } from '../qa/index.js';
import type { CitedText, CorpusName } from '../shared/index.js';

/** Which provider shall write: the configured one, the firebreak's, or the local engine as a fallback. */
export type Writer = 'primary' | 'firebreak' | 'local';

/** Who shall write; `kept` asks for what was kept of that writer, and makes no call. */
export interface WriterChoice {
  readonly writer: Writer;
  readonly kept?: true;
}

type WithoutRole<R> = Omit<R, 'role'>;

export interface SearchAsk {
  readonly type: 'search';
  readonly corpus: CorpusName;
  readonly text: string;
  readonly limit: number;
  readonly purpose: 'context' | 'style';
}

/** What a search found, without what addresses a model. */
export interface ScreenedSearch extends SearchResult {
  /** Snippets that were left out because they hold planted instructions. */
  readonly excluded: readonly string[];
}

export interface OutlineAsk extends WriterChoice {
  readonly type: 'generate';
  readonly request: WithoutRole<OutlineRequest>;
}

export interface DraftAsk extends WriterChoice {
  readonly type: 'generate';
  readonly request: WithoutRole<DraftRequest>;
}

export interface CritiqueAsk extends WriterChoice {
  readonly type: 'generate';
  readonly request: WithoutRole<CritiqueRequest>;
}

export interface ReviseAsk extends WriterChoice {
  readonly type: 'revise';
  readonly request: WithoutRole<ReviseRequest>;
}

export interface SummarizeAsk extends WriterChoice {
  readonly type: 'summarize';
  readonly request: WithoutRole<SummarizeRequest>;
}

/** Looks something up outside the corpora. Only the Critic may. */
export interface RetrieveAsk {
  readonly type: 'retrieve';
  readonly host: string;
  readonly query: string;
}

export interface RetrievedPassage {
  readonly url: string;
  readonly text: string;
}

/** Measures a text against the pack and what the role was handed, and lets governance judge the report. */
export interface MeasureAsk {
  readonly type: 'measure';
  readonly pack: ContextPack;
  readonly output: CitedText;
  readonly keywords: readonly string[];
}

export interface Measured {
  readonly report: QaReport;
  readonly verdict: Verdict;
}

export type Ask =
  | SearchAsk
  | OutlineAsk
  | DraftAsk
  | CritiqueAsk
  | ReviseAsk
  | SummarizeAsk
  | RetrieveAsk
  | MeasureAsk;

/** An ask that a provider answers. */
export type WritingAsk = Extract<Ask, WriterChoice>;

/** An ask as it is put to its writer, whether or not what was kept is wanted. */
export function asAsked({ kept: _kept, ...ask }: WritingAsk): Omit<WritingAsk, 'kept'> {
  return ask;
}

/** What a stage gets back: the value, or why there is none. Expected outcomes are values. */
export type Answer<A> =
  | { readonly status: 'done'; readonly value: A }
  | { readonly status: 'denied'; readonly policies: readonly string[]; readonly message: string }
  | { readonly status: 'failed'; readonly code: string; readonly message: string };

/** What an ask is about decides what comes back. */
type ValueFor<K> = K extends { type: 'search' }
  ? ScreenedSearch
  : K extends { type: 'measure' }
    ? Measured
    : K extends { type: 'revise' }
      ? Generation<Revision>
      : K extends { type: 'summarize' }
        ? Generation<Summary>
        : K extends { type: 'retrieve' }
          ? readonly RetrievedPassage[]
          : K extends { type: 'generate'; request: { task: infer T extends keyof GenerateResult } }
            ? Generation<GenerateResult[T]>
            : never;

export type AnswerTo<K> = Answer<ValueFor<K>>;

/** Asks that do not depend on each other, done side by side. */
export interface AskGroup {
  readonly type: 'all';
  readonly asks: readonly Ask[];
}

/** A stage at work: it yields asks and is sent their answers; `never` says that only the typed helpers below read them. */
export type StageProgram<Output> = Generator<Ask | AskGroup, Output, never>;

/** Asks for one thing: `const found = yield* ask({ type: 'search', … })`. */
export function* ask<const K extends Ask>(one: K): Generator<Ask, AnswerTo<K>, AnswerTo<K>> {
  return yield one;
}

/** Asks for several things at once; the answers come in the order of the asks. */
export function* all<const K extends readonly Ask[]>(
  asks: K,
): Generator<AskGroup, { [I in keyof K]: AnswerTo<K[I]> }, { [I in keyof K]: AnswerTo<K[I]> }> {
  return yield { type: 'all', asks };
}

/** The asks of one step, alone or as a group. */
export function asksOf(step: Ask | AskGroup): readonly Ask[] {
  return step.type === 'all' ? step.asks : [step];
}
