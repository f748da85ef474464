import type { Analysis } from '../analysis/analysis.js';
import { SourceIndex } from '../analysis/source-index.js';
import type { TextAnalysis } from '../analysis/text-analysis.js';
import type { Finding } from '../report.js';
import { findingOn } from './finding.js';

/** An output sentence keeps an input sentence when this share of its content comes from it. */
const KEPT_FROM = 0.6;

/**
 * Negations, numbers, conditions and hedges (of words that are kept) that an input sentence had and the output sentences made from it have not. A
 * rule of ours; a dropped sentence is no omission, a sentence kept without its `not` is.
 */
export function findOmitted(sentences: readonly Analysis[], input: readonly TextAnalysis[]): Finding[] {
  const index = new SourceIndex(input);
  const keptBy = new Map<Analysis, number[]>();
  sentences.forEach((sentence, position) => {
    if (index.holdsSentence(sentence.flat)) return;
    const kept = index
      .matches(sentence, Math.min(2, sentence.stems.size))
      .find((match) => match.shared / sentence.stems.size >= KEPT_FROM);
    if (kept) keptBy.set(kept.sentence, [...(keptBy.get(kept.sentence) ?? []), position]);
  });
  return [...keptBy].flatMap(([source, positions]) => {
    const lost = lostFrom(
      source,
      positions.map((position) => sentences[position]!),
    );
    return lost.map(({ evidence, what }) =>
      findingOn('omitted', positions[0]!, evidence, `the sentence lost its ${what} "${evidence}"`),
    );
  });
}

function lostFrom(source: Analysis, kept: readonly Analysis[]): { evidence: string; what: string }[] {
  const lost: { evidence: string; what: string }[] = [];
  const negations = kept.reduce((sum, sentence) => sum + sentence.negations.length, 0);
  for (const negation of source.negations.slice(negations)) {
    lost.push({ evidence: negation.word.raw, what: 'negation' });
  }
  const numbers = new Set(kept.flatMap((sentence) => sentence.numbers.map((fact) => fact.value)));
  for (const fact of source.numbers) {
    if (!numbers.has(fact.value)) {
      lost.push({ evidence: source.text.slice(fact.span.start, fact.span.end), what: 'number' });
    }
  }
  const conditions = new Set(kept.flatMap((sentence) => sentence.conditions.map((word) => word.folded)));
  for (const word of source.conditions) {
    if (!conditions.has(word.folded)) lost.push({ evidence: word.raw, what: 'condition' });
  }
  const hedges = kept.reduce((sum, sentence) => sum + sentence.hedges.length, 0);
  const stems = new Set(kept.flatMap((sentence) => [...sentence.stems]));
  const weakened = source.hedges.filter(({ head }) => head !== null && stems.has(head));
  for (const hedge of weakened.slice(hedges)) lost.push({ evidence: hedge.word.raw, what: 'hedge' });
  return lost;
}
