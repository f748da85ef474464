import type { Analysis } from '../analysis/analysis.js';
import type { Match, SourceIndex } from '../analysis/source-index.js';
import type { Finding } from '../report.js';
import { findingOn } from './finding.js';

/** Two sentences speak of the same thing from this similarity and number of common content stems on. */
const SAME_FROM = 0.6;
const MIN_SHARED = 2;

/**
 * Sentences that say the same thing as a source with another number, month, weekday or polarity (the first classes of
 * contradiction in de Marneffe et al., 2008). Cautious: one near source sentence that agrees clears the sentence.
 */
export function findContradictions(sentences: readonly Analysis[], sources: SourceIndex): Finding[] {
  return sentences.flatMap((sentence, index) => {
    if (sources.holdsSentence(sentence.flat)) return [];
    const near = sources.matches(sentence, MIN_SHARED).filter((match) => match.similarity >= SAME_FROM);
    const conflicts = near.map((match) => conflictWith(sentence, match));
    const first = conflicts[0];
    if (first === undefined || conflicts.some((conflict) => conflict === null)) return [];
    return [findingOn('contradiction', index, sentence.text, first!)];
  });
}

function conflictWith(sentence: Analysis, { sentence: source }: Match): string | null {
  if (turnsRound(sentence, source) || turnsRound(source, sentence)) {
    return 'the nearest source says it with the opposite polarity';
  }
  const added = [...sentence.values].filter((value) => !source.values.has(value));
  const missing = [...source.values].filter((value) => !sentence.values.has(value));
  return added.length > 0 && missing.length > 0
    ? `says ${added.join(', ')} where the nearest source says ${missing.join(', ')}`
    : null;
}

/** Whether one sentence negates something that the other states without any negation. */
function turnsRound(negated: Analysis, plain: Analysis): boolean {
  return (
    plain.negations.length === 0 &&
    negated.negations.some(({ head }) => head !== null && plain.stems.has(head))
  );
}
