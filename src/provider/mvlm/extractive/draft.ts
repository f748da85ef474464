import {
  type CitedText,
  plainText,
  type Snippet,
  type Style,
  splitSentences,
} from '../../../shared/index.js';
import type { DraftRequest, Outline } from '../../text-generation.port.js';
import { likeness, SAME_LIKENESS } from './concepts.js';
import { paragraphsOf } from './paragraphs.js';
import { type Material, type RankedStatement, readMaterial, rounded } from './relevance.js';
import { type Neighbours, passageOf, selectDiverse, shortestOf } from './selection.js';
import { STANDS_ALONE } from './sentence-form.js';
import { sourceNeighbours } from './source-order.js';
import { collapseSpace, type Statement } from './statement.js';
import { countWords } from './word-count.js';

const MAX_OTHERS = 40;
/** What is added beyond the outline is at least this relevant, as a share of the best statement's relevance. */
const OTHERS_FLOOR = 0.5;
/** A point this relevant, as a share of the best one, brings the sentences beside it even without common words. */
const STRONG_SHARE = 0.75;
const PREFERRED_WORDS: Readonly<Record<Style, number>> = {
  concise: 13,
  conversational: 15,
  formal: 20,
  detailed: 22,
};
/** Words that two sentences side by side have in common where they go on about the same. */
const COMMON_WORDS = 2;
const LENGTH_WEIGHT = 0.15;

/** One way to fill a draft. */
interface DraftPlan {
  /** Whether the points bring the sentences beside them. */
  readonly withSupport: boolean;
  readonly othersFloor: number;
}

/** The way that serves most prompts, then one with more points of view and one that stays close to the prompt. */
const PLANS: readonly DraftPlan[] = [
  { withSupport: true, othersFloor: OTHERS_FLOOR },
  { withSupport: false, othersFloor: OTHERS_FLOOR },
  { withSupport: false, othersFloor: 0.75 },
];

/** At most `count` drafts that differ, the one that serves most prompts first. */
export function draftsOf(request: DraftRequest, count: number): readonly CitedText[] {
  const [first = PLANS[0]!, ...others] = PLANS.slice(0, Math.max(1, count));
  const drafts = [draftOf(request, first)];
  for (const plan of others) {
    const draft = draftOf(request, plan);
    if (drafts.every((other) => plainText(other) !== plainText(draft))) drafts.push(draft);
  }
  return drafts;
}

/**
 * Orders the outline's points, what their own snippets say next to them, and other relevant statements into
 * paragraphs of at most `maxWords`. Where no statement fits, the shortest relevant one is given whole.
 */
export function draftOf(request: DraftRequest, plan: DraftPlan = PLANS[0]!): CitedText {
  const material = readMaterial(request.prompt, request.mode, request.snippets);
  const neighbours = sourceNeighbours(material.statements);
  const points = pointsOf(request.outline, material.statements);
  const others = selectDiverse(
    steered(material.ranked, preferredWordsOf(request.styleSnippets, request.style)),
    { count: MAX_OTHERS, floor: plan.othersFloor },
  );
  const wishes = [
    ...points.map((point) => passageOf(point, neighbours) ?? [point]),
    ...(plan.withSupport ? points.flatMap((point) => supportOf(point, neighbours, material)) : []),
    ...others.flatMap(({ statement }) => {
      const passage = passageOf(statement, neighbours);
      return passage === null ? [] : [passage];
    }),
  ];
  const chosen = fitting(wishes, request.maxWords);
  if (chosen.length > 0) return paragraphsOf(chosen, material);
  const shortest = shortestOf([...points, ...others.map(({ statement }) => statement)]);
  return paragraphsOf(shortest === undefined ? [] : [shortest], material);
}

/** The outline's points as statements of the snippets they cite; a point in other words stands for the likest one. */
function pointsOf(outline: Outline, statements: readonly Statement[]): readonly Statement[] {
  return outline.points.flatMap((point) => {
    const cited = statements.filter(({ snippetIds }) =>
      snippetIds.some((id) => point.snippetIds.includes(id)),
    );
    const text = collapseSpace(point.text);
    const exact = cited.find((statement) => statement.text === text);
    return exact ?? cited.find((statement) => text.includes(statement.text)) ?? [];
  });
}

/** The sentences beside a point: the next where it goes on about it, and both where the point is strong. */
function supportOf(
  point: Statement,
  neighbours: Neighbours,
  { ranked }: Material,
): readonly (readonly Statement[])[] {
  const relevance = ranked.find(({ statement }) => statement === point)?.relevance ?? 0;
  const strong = relevance >= (ranked[0]?.relevance ?? 0) * STRONG_SHARE;
  const goesOn = (other: Statement) =>
    [...other.stems].filter((stem) => point.stems.has(stem)).length >= COMMON_WORDS;
  const next = neighbours.after(point);
  const previous = neighbours.before(point);
  const support: Statement[] = [];
  if (next !== undefined && (next.dangling || strong || goesOn(next))) support.push(next);
  if (previous !== undefined && strong && goesOn(previous)) support.push(previous);
  return support.flatMap((statement) => {
    const passage = statement.quality >= STANDS_ALONE ? passageOf(statement, neighbours) : null;
    return passage === null ? [] : [passage];
  });
}

/** Takes passages in order while their new sentences fit, each whole or not at all, and nothing twice. */
function fitting(wishes: readonly (readonly Statement[])[], maxWords: number): readonly Statement[] {
  const chosen = new Set<Statement>();
  let words = 0;
  for (const passage of wishes) {
    const added = passage.filter((statement) => !chosen.has(statement));
    const length = added.reduce((sum, statement) => sum + statement.words, 0);
    if (words + length > maxWords || added.some((statement) => isRepeated(statement, chosen))) continue;
    for (const statement of added) chosen.add(statement);
    words += length;
  }
  return [...chosen];
}

function isRepeated(statement: Statement, chosen: ReadonlySet<Statement>): boolean {
  for (const other of chosen) if (likeness(statement.stems, other.stems) >= SAME_LIKENESS) return true;
  return false;
}

/** Ranks statements near the preferred sentence length a little higher. */
function steered(ranked: readonly RankedStatement[], preferredWords: number): readonly RankedStatement[] {
  return ranked
    .map(({ statement, relevance }) => {
      const distance = Math.min(1, Math.abs(statement.words - preferredWords) / preferredWords);
      return { statement, relevance: rounded(relevance * (1 - LENGTH_WEIGHT * distance)) };
    })
    .sort((a, b) => b.relevance - a.relevance);
}

/** Mean words of a sentence in the person's own texts; without such texts, what the style asks for. */
function preferredWordsOf(styleSnippets: readonly Snippet[], style: Style): number {
  const lengths = styleSnippets.flatMap(({ text }) =>
    splitSentences(text).map((span) => countWords(text.slice(span.start, span.end))),
  );
  if (lengths.length === 0) return PREFERRED_WORDS[style];
  return Math.max(1, lengths.reduce((sum, words) => sum + words, 0) / lengths.length);
}
