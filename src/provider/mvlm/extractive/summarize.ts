import type { CitedText } from '../../../shared/index.js';
import type { SummarizeRequest, Summary, TrimmedSection } from '../../text-generation.port.js';
import { readCitedText } from './cited-statements.js';
import { keyphrasesOf } from './keyphrases.js';
import { type Material, rankStatements } from './relevance.js';
import { renumbered } from './revise.js';
import { passageOf, selectDiverse, shortestOf } from './selection.js';
import { orderSnippets, type Statement } from './statement.js';

const MAX_KEYWORDS = 10;
/** A sentence is at least this relevant, as a share of the best one's relevance. */
const SUMMARY_FLOOR = 0.25;

/**
 * Keeps the statements that answer the prompt best, whole and in their order, within `maxWords`; a text that fits is
 * kept as it is. Where no statement fits, the shortest relevant one is given whole.
 */
export function summaryOf(request: SummarizeRequest): Summary {
  const ordered = orderSnippets(request.snippets);
  const sentences = readCitedText(request.text, ordered);
  const material = rankStatements(request.prompt, request.mode, ordered, sentences);
  const kept = keptOf(request.text, material, request.maxWords);
  const text = request.text.filter((_, at) => kept.has(sentences[at]!));
  return {
    text: renumbered(text),
    trimmed: trimmedOf(sentences, kept, material, request.maxWords),
    keywords: keyphrasesOf(
      text.map((sentence) => sentence.text),
      material.concepts,
      MAX_KEYWORDS,
    ),
  };
}

function keptOf(text: CitedText, material: Material, maxWords: number): ReadonlySet<Statement> {
  const { statements } = material;
  if (wordsOf(statements) <= maxWords) return new Set(statements);
  const beside = ({ position }: Statement, step: -1 | 1) =>
    text[position + step]?.paragraph === text[position]?.paragraph ? statements[position + step] : undefined;
  const neighbours = {
    before: (statement: Statement) => beside(statement, -1),
    after: (statement: Statement) => beside(statement, 1),
  };
  const kept = new Set<Statement>();
  const wanted = selectDiverse(material.ranked, { count: statements.length, floor: SUMMARY_FLOOR });
  for (const { statement } of wanted) {
    const passage = passageOf(statement, neighbours);
    if (passage === null) continue;
    const added = passage.filter((other) => !kept.has(other));
    if (wordsOf(kept) + wordsOf(added) <= maxWords) for (const other of added) kept.add(other);
  }
  if (kept.size > 0) return kept;
  const relevant = wanted.length > 0 ? wanted.map(({ statement }) => statement) : statements;
  const shortest = shortestOf(relevant);
  return new Set(shortest === undefined ? [] : [shortest]);
}

function trimmedOf(
  sentences: readonly Statement[],
  kept: ReadonlySet<Statement>,
  material: Material,
  maxWords: number,
): readonly TrimmedSection[] {
  const speaking = new Set(material.ranked.map(({ statement }) => statement));
  return sentences
    .filter((statement) => !kept.has(statement))
    .map((statement) => ({
      text: statement.text,
      reason: speaking.has(statement)
        ? `Over the limit of ${maxWords} words; what was kept answers the prompt better.`
        : `Over the limit of ${maxWords} words; it does not speak of what was asked.`,
    }));
}

function wordsOf(statements: Iterable<Statement>): number {
  let words = 0;
  for (const statement of statements) words += statement.words;
  return words;
}
