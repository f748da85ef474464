import { type CitedText, type Span, splitSentences } from '../shared/index.js';
import { AnalysisMemo } from './analysis/analysis-memo.js';
import type { CheckBody } from './check.schema.js';
import { measureText } from './measure-text.js';
import { detectPersonalData } from './measures/personal-data.measure.js';
import { detectPlantedInstructions } from './measures/planted-instruction.measure.js';
import { measurePoliteness } from './measures/politeness.measure.js';
import { measureReadability } from './measures/readability.measure.js';
import { measureSummaryQuality } from './measures/summary-quality.measure.js';
import { readTone } from './measures/tone-reading.js';
import type { FindingKind, QaReport } from './report.js';
import { safetyFlags } from './safety-flags.js';
import type {
  CheckedCondensation,
  CheckedReadability,
  CheckedVoice,
  TextCheck,
} from './text-check-answer.js';
import { faultInText, findingsInText, secretMask } from './text-check-places.js';
import { citingNearest, sourceSnippet } from './text-check-sources.js';
import { MIN_PROFILE_WORDS, type OwnVoice, ownVoice, profileOf, scoreVoice } from './voice/index.js';

/** Findings that compare with the input or the sources, and those that compare with the sources alone. */
const OF_ORIGIN: ReadonlySet<FindingKind> = new Set(['invented', 'omitted', 'contradiction']);
const OF_SOURCES: ReadonlySet<FindingKind> = new Set(['ungrounded', 'unattributed']);

/**
 * All measures of any text: against sources (each sentence cites those that share most with it), against the text it
 * was made from, and against own texts for the voice, where they are given. Pure; what `memo` holds is not read again.
 */
export function checkText(body: CheckBody, memo: AnalysisMemo = new AnalysisMemo()): TextCheck {
  const { text, sources, input } = body;
  const spans = splitSentences(text);
  const given = input === undefined ? null : sentencesOf(input);
  const own = body.voice_samples.length === 0 ? null : ownVoice(profileOf('post', body.voice_samples));
  const report = measureText({
    prompt: body.prompt,
    conceptWeights: new Map(),
    output: citingNearest(text, spans, sources, memo),
    input: given?.cited ?? null,
    snippets: sources.map(sourceSnippet),
    tone: body.tone,
    style: body.style ?? null,
    // Too few words would pass chance for a habit.
    voice: own !== null && own.model.words >= MIN_PROFILE_WORDS ? own : null,
    keywords: [],
    memo,
  });
  const language = report.language ?? 'unknown';
  const voice = own === null ? null : voiceOf(own, text);
  const mask = secretMask([text, input ?? '', ...sources]);
  const findings = report.findings.filter(({ kind }) => isMeant(kind, body));
  return {
    language,
    scores: { ...scoresOf(report, body), voice: voice?.score ?? null },
    voice,
    readability: language === 'en' ? readabilityOf(text) : null,
    politeness: language === 'en' ? measurePoliteness(text).score : null,
    findings: findingsInText(findings, spans, mask),
    manner: report.manner.map((fault) => faultInText(fault, spans)),
    sentences: sentenceChecks(report, spans, sources.length > 0),
    personal_data: detectPersonalData(text),
    planted_instructions: detectPlantedInstructions(text, 'suspected'),
    safety_flags: safetyFlags(text),
    condensation: given === null ? null : condensationOf(report, spans.map(textIn(text)), given),
  };
}

interface GivenText {
  readonly spans: readonly Span[];
  readonly cited: CitedText;
}

function sentencesOf(input: string): GivenText {
  const spans = splitSentences(input);
  const cited = spans.map((span) => ({ text: textIn(input)(span), snippetIds: [], paragraph: 0 }));
  return { spans, cited };
}

const textIn =
  (text: string) =>
  ({ start, end }: Span): string =>
    text.slice(start, end);

/** Findings that compare mean nothing where there is nothing to compare with. */
function isMeant(kind: FindingKind, { sources, input }: CheckBody): boolean {
  if (sources.length > 0) return true;
  return !OF_SOURCES.has(kind) && (input !== undefined || !OF_ORIGIN.has(kind));
}

function scoresOf(
  { scores, support }: QaReport,
  { sources, prompt }: CheckBody,
): Omit<TextCheck['scores'], 'voice'> {
  if (support.length === 0)
    return { coverage: null, grounding: null, tone: null, style: null, diversity: null, qa: null };
  const { tone, style, diversity } = scores;
  const compared = sources.length > 0;
  return {
    coverage: prompt.trim() === '' ? null : scores.coverage,
    grounding: compared ? scores.grounding : null,
    tone,
    style,
    diversity,
    qa: compared ? scores.qa : Math.min(tone ?? 1, style ?? 1, diversity),
  };
}

function sentenceChecks(
  { support }: QaReport,
  spans: readonly Span[],
  compared: boolean,
): TextCheck['sentences'] {
  return support.map(({ sentence, score, spans: places }) => ({
    span: spans[sentence]!,
    grounding: compared ? score : null,
    sources: places.map(({ snippetId, start, end }) => ({ source: Number(snippetId), start, end })),
  }));
}

function voiceOf({ model }: OwnVoice, text: string): CheckedVoice {
  const scored = scoreVoice(model, text);
  const told = { words: scored.words, sample_words: model.words };
  if (scored.score === null) return { score: null, low: null, high: null, ...told, reason: scored.reason };
  return { score: scored.score, low: scored.low, high: scored.high, ...told };
}

function readabilityOf(text: string): CheckedReadability | null {
  const measured = measureReadability(readTone(text));
  if (measured === null) return null;
  return {
    flesch_reading_ease: measured.fleschReadingEase,
    flesch_kincaid_grade: measured.fleschKincaidGrade,
    gunning_fog: measured.gunningFog,
    smog: measured.smog,
    coleman_liau: measured.colemanLiau,
    automated_readability: measured.automatedReadability,
    grade: measured.grade,
  };
}

function condensationOf(
  report: QaReport,
  output: readonly string[],
  { spans, cited }: GivenText,
): CheckedCondensation {
  const input = cited.map((sentence) => sentence.text);
  const { dropped, conceptsKept, compression, redundancy } =
    report.condensation ?? measureSummaryQuality(input, output);
  return { dropped: dropped.map((at) => spans[at]!), concepts_kept: conceptsKept, compression, redundancy };
}
