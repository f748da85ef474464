import { plainText } from '../shared/index.js';
import { AnalysisMemo } from './analysis/analysis-memo.js';
import { languageOf } from './analysis/language.js';
import { SourceIndex } from './analysis/source-index.js';
import { findUnattributed } from './measures/attribution.measure.js';
import { findContradictions } from './measures/contradiction.measure.js';
import { measureCoverage } from './measures/coverage.measure.js';
import { measureDiversity } from './measures/diversity.measure.js';
import { measureGrounding } from './measures/grounding.measure.js';
import { findInvented } from './measures/invention.measure.js';
import { findKeywordsOutsideText } from './measures/keyword.measure.js';
import { type Manner, measureManner } from './measures/manner.measure.js';
import { findOmitted } from './measures/omission.measure.js';
import { findPlantedInstructions } from './measures/planted-instruction.measure.js';
import { findSensitive } from './measures/sensitive.measure.js';
import { measureSummaryQuality } from './measures/summary-quality.measure.js';
import { measureVoiceMatch } from './measures/voice.measure.js';
import type { Condensation, Finding, QaInput, QaReport } from './report.js';

/**
 * All measures of one output against what its writer was given. Pure: the same input gives the same report, whatever
 * `memo` holds already.
 */
export function measureText(input: QaInput): QaReport {
  const memo = input.memo ?? new AnalysisMemo();
  const text = plainText(input.output);
  const sentences = input.output.map((sentence) => memo.sentence(sentence.text));
  const given = input.input?.map((sentence) => memo.text(sentence.text)) ?? [];
  const sources = new SourceIndex([...given, ...input.snippets.map((snippet) => memo.text(snippet.text))]);
  const grounding = measureGrounding(input.output, sentences, input.snippets, memo);
  const diversity = measureDiversity(sentences);
  const language = languageOf(text);
  const manner = measureManner(input.output, input, language);
  const findings: Finding[] = [
    ...findUnattributed(input.output, input.snippets),
    ...grounding.findings,
    ...findInvented(sentences, sources),
    ...findOmitted(sentences, given),
    ...findContradictions(sentences, sources),
    ...findSensitive(input.output),
    ...findPlantedInstructions(input.output),
    ...findKeywordsOutsideText(input.keywords, text),
  ];
  return {
    language,
    scores: {
      ...scoresTogether(grounding.score, diversity, manner),
      coverage: measureCoverage(input.prompt, input.conceptWeights, text),
      voiceMatch: language === 'other' ? null : measureVoiceMatch(text, input.voice ?? null),
    },
    findings,
    support: grounding.support,
    manner: manner.faults,
    condensation: condensationOf(input),
  };
}

/** The scores that make up the overall one; what could not be measured lowers nothing. */
function scoresTogether(grounding: number, diversity: number, { tone, style }: Manner) {
  return { grounding, tone, style, diversity, qa: Math.min(grounding, tone ?? 1, style ?? 1, diversity) };
}

/** Only a text that left something out says something by what it kept. */
function condensationOf({ input, output }: QaInput): Condensation | null {
  if (input === null || output.length >= input.length) return null;
  const texts = (text: readonly { readonly text: string }[]) => text.map((sentence) => sentence.text);
  const { dropped, conceptsKept, compression, redundancy } = measureSummaryQuality(
    texts(input),
    texts(output),
  );
  return { dropped, conceptsKept, compression, redundancy };
}
