import { plainText } from '../shared/index.js';
import { analyze } from './analysis/analysis.js';
import { SourceIndex } from './analysis/source-index.js';
import { findUnattributed } from './measures/attribution.measure.js';
import { findContradictions } from './measures/contradiction.measure.js';
import { measureCoverage } from './measures/coverage.measure.js';
import { measureDiversity } from './measures/diversity.measure.js';
import { measureGrounding } from './measures/grounding.measure.js';
import { findInvented } from './measures/invention.measure.js';
import { findKeywordsOutsideText } from './measures/keyword.measure.js';
import { findOmitted } from './measures/omission.measure.js';
import { findPlantedInstructions } from './measures/planted-instruction.measure.js';
import { findSensitive } from './measures/sensitive.measure.js';
import { measureTone } from './measures/tone.measure.js';
import { measureVoiceMatch } from './measures/voice.measure.js';
import type { Finding, QaInput, QaReport } from './report.js';

/** All measures of one output against what its writer was given. Pure: the same input gives the same report. */
export function measureText(input: QaInput): QaReport {
  const text = plainText(input.output);
  const sentences = input.output.map((sentence) => analyze(sentence.text));
  const given = input.input?.map((sentence) => sentence.text) ?? [];
  const sources = new SourceIndex([...given, ...input.snippets.map((snippet) => snippet.text)]);
  const grounding = measureGrounding(input.output, sentences, input.snippets);
  const tone = measureTone(sentences, input.tone);
  const diversity = measureDiversity(sentences);
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
    scores: {
      coverage: measureCoverage(input.prompt, input.conceptWeights, text),
      grounding: grounding.score,
      tone,
      diversity,
      qa: Math.min(grounding.score, tone, diversity),
      voiceMatch: measureVoiceMatch(text, input.snippets),
    },
    findings,
    support: grounding.support,
  };
}
