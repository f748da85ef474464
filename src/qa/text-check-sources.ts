import { type CitedText, type Snippet, type Span, sha256Hex } from '../shared/index.js';
import type { Analysis } from './analysis/analysis.js';
import type { AnalysisMemo } from './analysis/analysis-memo.js';
import type { TextAnalysis } from './analysis/text-analysis.js';
import { holds } from './analysis/words.js';

/** More sources than that no sentence rests on; each one cited costs time and makes support by chance likelier. */
const MAX_CITED = 8;

/** The sentences of a text, each citing the sources that share most with it (idf-weighted words, Spärck Jones 1972). */
export function citingNearest(
  text: string,
  spans: readonly Span[],
  sources: readonly string[],
  memo: AnalysisMemo,
): CitedText {
  const shelf = new SourceShelf(sources.map((source) => memo.text(source)));
  return spans.map(({ start, end }) => {
    const sentence = memo.sentence(text.slice(start, end));
    return { text: sentence.text, snippetIds: shelf.nearest(sentence).map(String), paragraph: 0 };
  });
}

class SourceShelf {
  private readonly holders = new Map<string, number[]>();
  /** By sentence: a list says the same line a thousand times. */
  private readonly found = new Map<string, number[]>();

  constructor(private readonly sources: readonly TextAnalysis[]) {
    sources.forEach(({ sentences }, at) => {
      for (const stem of new Set(sentences.flatMap(({ analysis }) => [...analysis.stems]))) {
        const known = this.holders.get(stem);
        if (known) known.push(at);
        else this.holders.set(stem, [at]);
      }
    });
  }

  /** Ascending; a source that holds the sentence word for word is always among them. */
  nearest(sentence: Analysis): number[] {
    if (sentence.stems.size === 0) return this.verbatim(sentence).slice(0, MAX_CITED);
    const weights = this.weightsOf(sentence.stems);
    const ranked = [...weights].sort(([one, a], [other, b]) => b - a || one - other);
    const cited = ranked.slice(0, MAX_CITED).map(([at]) => at);
    if (ranked.length > MAX_CITED) {
      const [whole] = this.verbatim(sentence);
      if (whole !== undefined && !cited.includes(whole)) cited[MAX_CITED - 1] = whole;
    }
    return cited.sort((one, other) => one - other);
  }

  private weightsOf(stems: ReadonlySet<string>): Map<number, number> {
    const weights = new Map<number, number>();
    for (const stem of stems) {
      const holders = this.holders.get(stem) ?? [];
      const weight = Math.log(1 + this.sources.length / Math.max(1, holders.length));
      for (const at of holders) weights.set(at, (weights.get(at) ?? 0) + weight);
    }
    return weights;
  }

  private verbatim({ flat }: Analysis): number[] {
    const known = this.found.get(flat);
    if (known) return known;
    const found = this.sources.flatMap((source, at) => (holds(source.flat, flat) ? [at] : []));
    this.found.set(flat, found);
    return found;
  }
}

/** A text that was sent, as a snippet whose id is its place among the sources. */
export function sourceSnippet(text: string, at: number): Snippet {
  const name = String(at);
  return {
    id: name,
    text,
    score: 0,
    attribution: {
      documentId: name,
      corpus: 'personal',
      source: 'request',
      externalId: name,
      threadId: null,
      authorRole: 'other',
      title: null,
      url: null,
      timestamp: null,
      span: { start: 0, end: text.length },
      documentHash: sha256Hex(text),
    },
  };
}
