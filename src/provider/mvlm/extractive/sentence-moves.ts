import type { CitedSentence, CitedText } from '../../../shared/index.js';
import { compareSource, threadOf } from './source-order.js';
import type { Statement } from './statement.js';

/** Indices of sentences that follow, in their paragraph, a sentence of the same thread that was said later. */
export function misplacedIn(text: CitedText, sources: readonly Statement[]): readonly number[] {
  const located = locate(text, sources);
  return text.flatMap((sentence, at) => {
    const here = located[at];
    const earlier = here === undefined ? -1 : lastOfThread(text, located, at);
    const other = located[earlier];
    if (here === undefined || other === undefined) return [];
    return sentence.paragraph === text[earlier]?.paragraph && compareSource(other, here) > 0 ? [at] : [];
  });
}

/** Puts the sentences of each thread of a paragraph in the order in which they were said; no place is left empty. */
export function inSourceOrder(
  paragraph: readonly CitedSentence[],
  sources: readonly Statement[],
): readonly CitedSentence[] {
  const located = locate(paragraph, sources);
  const threads = new Map<string, number[]>();
  located.forEach((statement, at) => {
    if (statement === undefined) return;
    const places = threads.get(threadOf(statement)) ?? [];
    threads.set(threadOf(statement), [...places, at]);
  });
  const result = [...paragraph];
  for (const places of threads.values()) {
    const sorted = [...places].sort((a, b) => compareSource(located[a]!, located[b]!));
    for (const [i, place] of places.entries()) result[place] = paragraph[sorted[i]!]!;
  }
  return result;
}

/** The statement each sentence quotes from a snippet it cites, if it does. */
function locate(text: CitedText, sources: readonly Statement[]): readonly (Statement | undefined)[] {
  const byText = new Map(sources.map((statement) => [statement.text, statement]));
  return text.map(({ text: quoted, snippetIds }) => {
    const source = byText.get(quoted);
    return source?.snippetIds.some((id) => snippetIds.includes(id)) === true ? source : undefined;
  });
}

function lastOfThread(text: CitedText, located: readonly (Statement | undefined)[], at: number): number {
  const here = located[at]!;
  for (let before = at - 1; before >= 0 && text[before]?.paragraph === text[at]?.paragraph; before--) {
    const other = located[before];
    if (other !== undefined && threadOf(other) === threadOf(here)) return before;
  }
  return -1;
}
