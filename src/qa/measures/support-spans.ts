import type { Analysis } from '../analysis/analysis.js';
import type { TextAnalysis } from '../analysis/text-analysis.js';
import type { SupportSpan } from '../report.js';

const MAX_SPANS = 3;
/** A further source sentence must hold this share of what the sentence says, not counting what is shown already. */
const MIN_SHARE_ADDED = 0.2;

interface Candidate {
  readonly span: SupportSpan;
  readonly keys: readonly string[];
}

/**
 * The sentences of the sources that hold most of what a sentence says, weighted by rarity (idf over the sources'
 * sentences, Spärck Jones 1972): the best first, up to three, each for what the ones before it lack.
 */
export function supportingSpans(
  sentence: Analysis,
  cited: readonly { readonly id: string; readonly source: TextAnalysis }[],
): SupportSpan[] {
  const content = sentence.tokens.filter((token) => token.content);
  const keys = new Set((content.length > 0 ? content : sentence.tokens).map((token) => token.key));
  const candidates = candidatesOf(keys, cited);
  const weights = weightsOf(keys, cited);
  const sum = (of: Iterable<string>) => {
    let total = 0;
    for (const key of of) total += weights.get(key) ?? 0;
    return total;
  };
  const enough = MIN_SHARE_ADDED * sum(keys);
  const spans: SupportSpan[] = [];
  while (spans.length < MAX_SPANS) {
    let best: Candidate | undefined;
    let most = 0;
    for (const candidate of candidates) {
      const added = sum(candidate.keys.filter((key) => keys.has(key)));
      if (added > most && added >= enough) {
        best = candidate;
        most = added;
      }
    }
    if (best === undefined) break;
    spans.push(best.span);
    for (const key of best.keys) keys.delete(key);
  }
  return spans;
}

function candidatesOf(
  keys: ReadonlySet<string>,
  cited: readonly { readonly id: string; readonly source: TextAnalysis }[],
): Candidate[] {
  return cited.flatMap(({ id, source }) => {
    const held = new Map<number, string[]>();
    for (const key of keys) {
      for (const index of source.support.sentencesWith(key)) {
        const list = held.get(index);
        if (list) list.push(key);
        else held.set(index, [key]);
      }
    }
    return [...held].map(([index, shared]) => {
      const { start, analysis } = source.sentences[index]!;
      return { span: { snippetId: id, start, end: start + analysis.text.length }, keys: shared };
    });
  });
}

function weightsOf(
  keys: ReadonlySet<string>,
  cited: readonly { readonly source: TextAnalysis }[],
): Map<string, number> {
  const count = cited.reduce((sum, { source }) => sum + source.sentences.length, 0);
  const weights = new Map<string, number>();
  for (const key of keys) {
    const holding = cited.reduce((sum, { source }) => sum + source.support.sentencesWith(key).length, 0);
    weights.set(key, Math.log(1 + count / (holding + 0.5)));
  }
  return weights;
}
