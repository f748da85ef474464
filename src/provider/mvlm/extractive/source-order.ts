import type { Neighbours } from './selection.js';
import { compareText, type Statement } from './statement.js';

/** The conversation or document a statement belongs to. */
export function threadOf({ snippet: { attribution } }: Statement): string {
  return `${attribution.corpus}\n${attribution.source}\n${attribution.threadId ?? attribution.documentId}`;
}

/** The order in which things were said: by time, unknown times last, then document, then place in it. */
export function compareSource(a: Statement, b: Statement): number {
  const first = a.snippet.attribution;
  const second = b.snippet.attribution;
  return (
    compareText(first.timestamp ?? '~', second.timestamp ?? '~') ||
    compareText(first.documentId, second.documentId) ||
    a.start - b.start ||
    compareText(a.text, b.text)
  );
}

/** Finds the sentence in front of another in the same document, as far as one snippet shows both. */
export function sourceNeighbours(statements: readonly Statement[]): Neighbours {
  const bySnippet = new Map<string, Statement[]>();
  for (const statement of statements)
    for (const id of statement.snippetIds) bySnippet.set(id, [...(bySnippet.get(id) ?? []), statement]);
  const near = (statement: Statement, step: -1 | 1) => {
    const { documentId } = statement.snippet.attribution;
    const same = (bySnippet.get(statement.snippet.id) ?? [])
      .filter((other) => other.snippet.attribution.documentId === documentId)
      .sort((a, b) => a.start - b.start);
    return same[same.indexOf(statement) + step];
  };
  return { before: (statement) => near(statement, -1), after: (statement) => near(statement, 1) };
}
