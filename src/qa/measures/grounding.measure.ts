import type { CitedText, Snippet } from '../../shared/index.js';
import { type Analysis, analyze } from '../analysis/analysis.js';
import { flatten, holds } from '../analysis/words.js';
import type { Finding, SentenceSupport } from '../report.js';
import { findingOn } from './finding.js';

/** Below this, most of what a sentence says stands in none of its snippets. */
const GROUNDED_FROM = 0.5;
const WEIGHT_OF_STEMS = 0.7;

interface SnippetTerms {
  readonly flat: string;
  readonly folded: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  readonly bigrams: ReadonlySet<string>;
}

/**
 * How far each sentence is supported by the snippets it cites, in 0..1: directed containment of content stems and of
 * their neighbouring pairs (after ROUGE-1 and ROUGE-2 precision, Lin 2004); 1 for a sentence that stands there
 * word for word. The text's score is the mean over its sentences, 0 for an empty text.
 */
export function measureGrounding(
  output: CitedText,
  sentences: readonly Analysis[],
  snippets: readonly Snippet[],
): { score: number; support: SentenceSupport[]; findings: Finding[] } {
  const terms = new Map(snippets.map((snippet) => [snippet.id, termsOfSnippet(snippet)]));
  const support = sentences.map((sentence, index) => {
    const snippetIds = [...new Set(output[index]!.snippetIds)].filter((id) => terms.has(id));
    const cited = snippetIds.map((id) => terms.get(id)!);
    return { sentence: index, snippetIds, score: supportOf(sentence, cited) };
  });
  const findings = support
    .filter((entry) => entry.snippetIds.length > 0 && entry.score < GROUNDED_FROM)
    .map((entry) =>
      findingOn(
        'ungrounded',
        entry.sentence,
        output[entry.sentence]!.text,
        `the snippets it cites support ${Math.round(entry.score * 100)} % of this sentence`,
      ),
    );
  const total = support.reduce((sum, entry) => sum + entry.score, 0);
  return { score: support.length === 0 ? 0 : total / support.length, support, findings };
}

function termsOfSnippet(snippet: Snippet): SnippetTerms {
  const { folded, stems, bigrams } = analyze(snippet.text);
  return { flat: flatten(snippet.text), folded, stems, bigrams };
}

function supportOf(sentence: Analysis, cited: readonly SnippetTerms[]): number {
  if (cited.length === 0) return 0;
  if (cited.some((snippet) => holds(snippet.flat, sentence.flat))) return 1;
  const share = (terms: ReadonlySet<string>, of: (snippet: SnippetTerms) => ReadonlySet<string>) => {
    let found = 0;
    for (const term of terms) if (cited.some((snippet) => of(snippet).has(term))) found++;
    return found / terms.size;
  };
  if (sentence.stems.size === 0) {
    return sentence.folded.size === 0 ? 1 : share(sentence.folded, (snippet) => snippet.folded);
  }
  const stems = share(sentence.stems, (snippet) => snippet.stems);
  if (sentence.bigrams.size === 0) return stems;
  return (
    WEIGHT_OF_STEMS * stems + (1 - WEIGHT_OF_STEMS) * share(sentence.bigrams, (snippet) => snippet.bigrams)
  );
}
