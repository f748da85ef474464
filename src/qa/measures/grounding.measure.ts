import type { CitedText, Snippet } from '../../shared/index.js';
import type { Analysis } from '../analysis/analysis.js';
import { AnalysisMemo } from '../analysis/analysis-memo.js';
import type { TextAnalysis } from '../analysis/text-analysis.js';
import { holds } from '../analysis/words.js';
import type { Finding, SentenceSupport } from '../report.js';
import { findingOn } from './finding.js';
import { type Charged, doubtOf, LARGEST_DOUBT } from './support-doubt.js';
import { supportingSpans } from './support-spans.js';

/** Below this, most of what a sentence says stands in none of its snippets. */
const GROUNDED_FROM = 0.5;
/** Between the sum of all doubts (1) and the largest alone (infinity). */
const DOUBT_NORM = 3;

/**
 * How far each sentence is supported by the snippets it cites, in 0..1, and by which of their sentences: e to the
 * minus `doubtOf`; 1 for a sentence that stands there word for word. The text's score is the mean over its sentences,
 * 0 for an empty text.
 */
export function measureGrounding(
  output: CitedText,
  sentences: readonly Analysis[],
  snippets: readonly Snippet[],
  memo: AnalysisMemo = new AnalysisMemo(),
): { score: number; support: SentenceSupport[]; findings: Finding[] } {
  const sources = new Map(snippets.map((snippet) => [snippet.id, memo.text(snippet.text)]));
  const charged: Charged = new Set();
  const support = sentences.map((sentence, index) => {
    const snippetIds = [...new Set(output[index]!.snippetIds)].filter((id) => sources.has(id));
    const cited = snippetIds.map((id) => ({ id, source: sources.get(id)! }));
    const texts = cited.map(({ source }) => source);
    const score = supportOf(sentence, texts, charged);
    return { sentence: index, snippetIds, score, spans: supportingSpans(sentence, cited) };
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

/**
 * How far a text can be taken from its sources as a whole, in 0..1: its weakest sentences weigh most (3-norm of the
 * sentences' doubts), for one invention spoils an answer. 1 for an empty text.
 */
export function supportOfWhole(support: readonly Pick<SentenceSupport, 'score'>[]): number {
  let powers = 0;
  for (const { score } of support) {
    powers += Math.min(LARGEST_DOUBT, -Math.log(Math.max(score, Number.MIN_VALUE))) ** DOUBT_NORM;
  }
  return Math.exp(-(powers ** (1 / DOUBT_NORM)));
}

function supportOf(sentence: Analysis, cited: readonly TextAnalysis[], charged: Charged): number {
  if (cited.length === 0) return 0;
  if (cited.some((source) => holds(source.flat, sentence.flat))) return 1;
  const doubt = doubtOf(
    sentence.tokens,
    cited.map((source) => source.support),
    charged,
  );
  return doubt >= LARGEST_DOUBT ? 0 : Math.exp(-doubt);
}
