import type { Mode, Snippet } from '../../../shared/index.js';
import { contentTermsOf } from '../../../shared/index.js';
import { type Concepts, conceptShare, conceptsOf, speaksOfTopic, topicShare } from './concepts.js';
import { answerCuesOf } from './english-cues.js';
import { STANDS_ALONE } from './sentence-form.js';
import { threadOf } from './source-order.js';
import { compareText, orderSnippets, readStatements, type Statement } from './statement.js';

export interface RankedStatement {
  readonly statement: Statement;
  /** Fit for an answer to the prompt, 0..1, rounded so that equal means equal on any machine. */
  readonly relevance: number;
}

/** All that can be quoted in answer to one prompt. */
export interface Material {
  readonly snippets: readonly Snippet[];
  readonly statements: readonly Statement[];
  /** The stems each statement is read with: its own, those of the sentence before it, and its title's. */
  readonly contexts: ReadonlyMap<Statement, ReadonlySet<string>>;
  readonly concepts: Concepts;
  /** The statements that speak of the prompt, best first; empty where none does. */
  readonly ranked: readonly RankedStatement[];
}

const WEIGHT = {
  own: 0.34,
  context: 0.26,
  cue: 0.12,
  rank: 0.1,
  centrality: 0.1,
  author: 0.05,
  recency: 0.03,
};
/** How much of a sentence's relevance a thread that speaks of nothing asked takes away. */
const THREAD_WEIGHT = 0.8;
/** A title that names this share (0..1) of the topics puts the sentences under it on topic. */
export const TITLE_SHARE = 0.5;
/** Between a sum of shared words, which favours long sentences, and their mean, which favours short ones. */
const CENTRALITY_LENGTH_POWER = 0.5;
/** What an assistant said is quoted behind what the person said, and far behind where the person is meant. */
const ASSISTANT_FACTOR = { asked: 0.9, selfAsked: 0.65 };
const ASKS_ADVICE = /\bhow (?:do|can|could|should|would|to)\b|\bshould i\b/iu;
const ASKS_OF_SELF = /\b(?:i|my|me|mine|we|our|us)\b/iu;

/** Reads the snippets and ranks their sentences for the prompt. */
export function readMaterial(prompt: string, mode: Mode, given: readonly Snippet[]): Material {
  const snippets = orderSnippets(given);
  return rankStatements(prompt, mode, snippets, readStatements(snippets));
}

/** Ranks statements, each read from one of the snippets or from a text that cites them, for the prompt. */
export function rankStatements(
  prompt: string,
  mode: Mode,
  snippets: readonly Snippet[],
  statements: readonly Statement[],
): Material {
  const contexts = contextsOf(statements);
  const concepts = conceptsOf(prompt, [...contexts.values()]);
  const eligible = eligibleOf(statements, contexts, concepts);
  const threads = threadSharesIn(statements, contexts, concepts);
  const cues = answerCuesOf(prompt);
  const selfAsked = isAboutSelf(prompt, mode);
  const authors = {
    self: selfAsked ? 2 * WEIGHT.author : WEIGHT.author,
    assistant: selfAsked ? ASSISTANT_FACTOR.selfAsked : ASSISTANT_FACTOR.asked,
  };
  // Where nothing is asked for, what the material itself dwells on decides.
  const isAsked = concepts.weights.size > 0;
  const centrality = centralityIn(eligible, isAsked ? 0 : CENTRALITY_LENGTH_POWER);
  const centralityWeight = isAsked ? WEIGHT.centrality : WEIGHT.own + WEIGHT.context;
  const ages = agesOf(snippets);
  const ranked = eligible.map((statement) => {
    const cue = cues.length > 0 && cues.some((pattern) => pattern.test(statement.text)) ? 1 : 0;
    const fit =
      WEIGHT.own * conceptShare(statement.stems, concepts) +
      WEIGHT.context * conceptShare(contexts.get(statement) ?? statement.stems, concepts) +
      WEIGHT.cue * cue +
      WEIGHT.rank * (1 - statement.snippetRank / Math.max(1, snippets.length)) +
      centralityWeight * centrality(statement) +
      (statement.snippet.attribution.authorRole === 'self' ? authors.self : 0) +
      WEIGHT.recency * (ages.get(statement.snippet.attribution.timestamp ?? '') ?? 0);
    const author = statement.snippet.attribution.authorRole === 'assistant' ? authors.assistant : 1;
    const inThread = 1 - THREAD_WEIGHT * (1 - (threads.get(threadOf(statement)) ?? 0));
    return { statement, relevance: rounded(fit * inThread * author * statement.quality) };
  });
  return { snippets, statements, contexts, concepts, ranked: ranked.sort(byRelevance) };
}

/** Whether the person's own words and deeds are wanted, not advice. */
function isAboutSelf(prompt: string, mode: Mode): boolean {
  if (mode === 'voice' || mode === 'writing') return true;
  return ASKS_OF_SELF.test(prompt) && !ASKS_ADVICE.test(prompt);
}

export function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}

function byRelevance(a: RankedStatement, b: RankedStatement): number {
  return (
    b.relevance - a.relevance ||
    compareText(a.statement.snippet.id, b.statement.snippet.id) ||
    a.statement.start - b.statement.start
  );
}

/** What a sentence is read with: itself, the sentence before it in its snippet, and the title. */
function contextsOf(statements: readonly Statement[]): ReadonlyMap<Statement, ReadonlySet<string>> {
  return new Map(
    statements.map((statement, at) => {
      const before = statements[at - 1];
      const stemsBefore = before?.snippet.id === statement.snippet.id ? before.stems : [];
      return [statement, new Set([...statement.stems, ...stemsBefore, ...titleStems(statement)])];
    }),
  );
}

export function titleStems({ snippet }: Statement): ReadonlySet<string> {
  return new Set(contentTermsOf(snippet.attribution.title ?? '').map((term) => term.stem));
}

/** Share of the prompt's concepts that each thread speaks of, relative to the thread that speaks of most. */
function threadSharesIn(
  statements: readonly Statement[],
  contexts: ReadonlyMap<Statement, ReadonlySet<string>>,
  concepts: Concepts,
): ReadonlyMap<string, number> {
  const stems = new Map<string, Set<string>>();
  for (const statement of statements) {
    const key = threadOf(statement);
    const known = stems.get(key) ?? new Set();
    for (const stem of contexts.get(statement) ?? []) known.add(stem);
    stems.set(key, known);
  }
  const shares = new Map([...stems].map(([key, known]) => [key, topicShare(known, concepts)]));
  const most = Math.max(0, ...shares.values());
  return new Map([...shares].map(([key, share]) => [key, most === 0 ? 1 : share / most]));
}

/** The statements that speak of the prompt, the well-formed ones first of all; then what else there is. */
function eligibleOf(
  statements: readonly Statement[],
  contexts: ReadonlyMap<Statement, ReadonlySet<string>>,
  concepts: Concepts,
): readonly Statement[] {
  const readable = statements.filter((statement) => statement.quality > 0);
  const onTopic =
    concepts.weights.size === 0
      ? readable
      : readable.filter((statement) => speaksOfTopic(contexts.get(statement) ?? statement.stems, concepts));
  const speaking = onTopic.filter(
    (statement) =>
      concepts.weights.size === 0 ||
      conceptShare(statement.stems, concepts) > 0 ||
      topicShare(titleStems(statement), concepts) >= TITLE_SHARE,
  );
  const standing = (some: readonly Statement[]) =>
    some.filter((statement) => statement.quality >= STANDS_ALONE);
  return [standing(speaking), standing(onTopic), speaking, onTopic].find((some) => some.length > 0) ?? [];
}

/**
 * How much a sentence shares with all others: in how many of them its stems stand (SumBasic's cue, Nenkova and
 * Vanderwende 2005), over a power of their number; 0..1 of the highest.
 */
function centralityIn(
  statements: readonly Statement[],
  lengthPower: number,
): (statement: Statement) => number {
  const counts = new Map<string, number>();
  for (const { stems } of statements) for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const sumOf = ({ stems }: Statement) => {
    let sum = 0;
    for (const stem of stems) sum += (counts.get(stem) ?? 1) - 1;
    return sum / Math.max(1, stems.size) ** lengthPower;
  };
  let highest = 0;
  for (const statement of statements) highest = Math.max(highest, sumOf(statement));
  return (statement) => (highest === 0 ? 0 : sumOf(statement) / highest);
}

/** Place of each time among all times of the material: 0 the oldest, 1 the newest. */
function agesOf(snippets: readonly Snippet[]): ReadonlyMap<string, number> {
  const times = new Set(snippets.flatMap(({ attribution }) => attribution.timestamp ?? []));
  const sorted = [...times].sort(compareText);
  return new Map(sorted.map((time, at) => [time, sorted.length === 1 ? 1 : at / (sorted.length - 1)]));
}
