import { AnalysisMemo, measureText, type QaReport } from '../../../src/qa/index.js';
import { type Snippet, splitSentences } from '../../../src/shared/index.js';

const MAX_CHARS = 8_000_000;

/** The product's report on a text against one source, as a run would get it; sources are read once. */
export class SourceChecker {
  private readonly memo = new AnalysisMemo(MAX_CHARS);

  report(text: string, source: string): QaReport {
    const output = splitSentences(text).map(({ start, end }) => ({
      text: text.slice(start, end),
      snippetIds: ['source'],
      paragraph: 0,
    }));
    return measureText({
      prompt: '',
      conceptWeights: new Map(),
      output,
      input: null,
      snippets: [snippetOf(source)],
      tone: 'neutral',
      keywords: [],
      memo: this.memo,
    });
  }
}

function snippetOf(text: string): Snippet {
  return {
    id: 'source',
    text,
    score: 1,
    attribution: {
      documentId: 'source',
      corpus: 'personal',
      source: 'evaluation',
      externalId: 'source',
      threadId: null,
      authorRole: 'other',
      title: null,
      url: null,
      timestamp: null,
      span: { start: 0, end: text.length },
      documentHash: '0'.repeat(64),
    },
  };
}

/** The floor: half the share of a text's words, half that of its pairs of words, that the source holds. */
export function plainOverlap(text: string, source: string): number {
  const words = wordsOf(text);
  const known = wordsOf(source);
  if (words.length === 0) return 1;
  const singles = share(words, new Set(known));
  return words.length === 1 ? singles : (singles + share(pairsOf(words), new Set(pairsOf(known)))) / 2;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

function pairsOf(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`);
}

function share(items: readonly string[], known: ReadonlySet<string>): number {
  return items.filter((item) => known.has(item)).length / items.length;
}
