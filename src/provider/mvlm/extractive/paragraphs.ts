import type { CitedText } from '../../../shared/index.js';
import { type Material, rounded } from './relevance.js';
import { compareSource, threadOf } from './source-order.js';
import { compareText, type Statement } from './statement.js';

interface Group {
  readonly key: string;
  readonly statements: readonly Statement[];
  /** Sum of its most relevant statements' relevance. */
  readonly relevance: number;
}

/** Single sentences of several threads that one paragraph may gather. */
const MAX_GATHERED = 4;
/** Statements of a thread that decide its place: more of them would favour long threads over fitting ones. */
const WEIGHED_STATEMENTS = 2;

/**
 * One paragraph a thread, the most relevant first, each in the order in which it was said. Threads that give a single
 * sentence share paragraphs, oldest first, so that the text does not fall into one-line pieces.
 */
export function paragraphsOf(chosen: readonly Statement[], material: Material): CitedText {
  const groups = groupsOf(chosen, material);
  const paragraphs: Statement[][] = [];
  let gathered: Statement[] | undefined;
  for (const { statements } of groups) {
    if (statements.length > 1) {
      paragraphs.push([...statements]);
      continue;
    }
    if (gathered === undefined || gathered.length >= MAX_GATHERED) {
      gathered = [];
      paragraphs.push(gathered);
    }
    gathered.push(...statements);
  }
  return paragraphs.flatMap((statements, paragraph) =>
    statements.sort(compareSource).map(({ text, snippetIds }) => ({ text, snippetIds, paragraph })),
  );
}

function groupsOf(chosen: readonly Statement[], material: Material): readonly Group[] {
  const relevances = new Map(material.ranked.map(({ statement, relevance }) => [statement, relevance]));
  const byThread = new Map<string, Statement[]>();
  for (const statement of chosen) {
    const key = threadOf(statement);
    byThread.set(key, [...(byThread.get(key) ?? []), statement]);
  }
  return [...byThread]
    .map(([key, statements]) => ({
      key,
      statements,
      relevance: bestSum(statements.map((statement) => relevances.get(statement) ?? 0)),
    }))
    .sort((a, b) => b.relevance - a.relevance || compareText(a.key, b.key));
}

function bestSum(relevances: readonly number[]): number {
  const best = [...relevances].sort((a, b) => b - a).slice(0, WEIGHED_STATEMENTS);
  return rounded(best.reduce((sum, relevance) => sum + relevance, 0));
}
