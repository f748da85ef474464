import type { Span, Style, Tone } from '../../shared/index.js';
import {
  AT_LEAST,
  RULE_FORMS,
  STYLE_TOLERANCES,
  TONE_TOLERANCES,
  type Tolerances,
  type ToneRule,
} from '../lexicon/tone-rules.js';
import { habitOf, type VoiceHabits } from '../voice/voice-habits.js';
import { measureReadability, type Readability } from './readability.measure.js';
import { type EvidenceRule, type ToneEvidence, toneEvidence } from './tone-evidence.js';
import { readTone, sentenceLengths, type ToneReading } from './tone-reading.js';

/** What one rule of a tone or style says of a text. */
export interface RuleResult {
  readonly rule: ToneRule;
  readonly of: 'tone' | 'style';
  readonly unit: (typeof RULE_FORMS)[ToneRule]['unit'];
  readonly value: number;
  readonly tolerance: number;
  /** In 0..1: what the rule takes off the score. */
  readonly penalty: number;
  /** The places that count, with a fix where one exists; offsets of the text. */
  readonly spans: readonly ToneEvidence[];
}

export interface ToneBreakdown {
  /** In 0..1; 1 where nothing jars with the tone. */
  readonly tone: number;
  /** In 0..1; null where no style was asked for. */
  readonly style: number | null;
  /** Null below 30 words. */
  readonly readability: Readability | null;
  readonly rules: readonly RuleResult[];
}

/** A rate over a few words says little: shorter texts count as if they were this long. */
const MIN_WORDS = 25;
/** How much more of a habit than the owner shows is still the owner's way. */
const HABIT_ROOM = 1.25;
/** Fewer sentences have no rhythm. */
const MIN_SENTENCES_FOR_RHYTHM = 6;

/**
 * How well a text's manner suits a tone, in 0..1: 1 less what goes past the tone's tolerances. Our own rules
 * (`TONE_TOLERANCES`); they punish what jars, never the lack of particular words.
 */
export function measureTone(
  sentences: readonly { readonly text: string }[],
  tone: Tone,
  habits: VoiceHabits | null = null,
): number {
  return toneBreakdown(sentences.map(({ text }) => text).join('\n'), tone, null, habits).tone;
}

/** How well a text's manner suits a tone and a style, rule by rule; an owner's habits widen the tolerances. */
export function toneBreakdown(
  text: string,
  tone: Tone,
  style: Style | null,
  habits: VoiceHabits | null = null,
): ToneBreakdown {
  const reading = readTone(text);
  const readability = measureReadability(reading);
  const observed = observe(reading, readability);
  const judge = (of: 'tone' | 'style', tolerances: Tolerances) =>
    Object.entries(tolerances).flatMap(([rule, tolerance]) => {
      const value = observed.get(rule as ToneRule);
      return value === undefined
        ? []
        : [judged(rule as ToneRule, of, value, widened(rule as ToneRule, tolerance, habits))];
    });
  const ofTone = judge('tone', TONE_TOLERANCES[tone]);
  const ofStyle = style === null ? [] : judge('style', STYLE_TOLERANCES[style]);
  return {
    tone: scoreOf(ofTone),
    style: style === null ? null : scoreOf(ofStyle),
    readability,
    rules: [...ofTone, ...ofStyle],
  };
}

interface Observed {
  readonly value: number;
  readonly spans: readonly ToneEvidence[];
}

function observe(reading: ToneReading, readability: Readability | null): Map<ToneRule, Observed> {
  const { sentences, words } = reading;
  const observed = new Map<ToneRule, Observed>();
  for (const [rule, spans] of Object.entries(toneEvidence(reading)) as [
    EvidenceRule,
    readonly ToneEvidence[],
  ][]) {
    const sum = spans.reduce((total, { weight }) => total + weight, 0);
    const { unit } = RULE_FORMS[rule];
    const value =
      unit === 'per 100 words'
        ? (sum * 100) / Math.max(MIN_WORDS, words.length)
        : unit === 'share of sentences'
          ? Math.min(1, sum / Math.max(1, sentences.length))
          : sum;
    observed.set(rule, { value, spans });
  }
  for (const [rule, found] of ofSentences(reading)) observed.set(rule, found);
  if (readability !== null) observed.set('reading grade', { value: readability.grade, spans: [] });
  return observed;
}

function ofSentences(reading: ToneReading): [ToneRule, Observed][] {
  const { sentences } = reading;
  if (sentences.length === 0) return [];
  const lengths = sentenceLengths(reading);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const variance = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / lengths.length;
  const long = sentences.filter((_, at) => lengths[at]! > mean);
  const short = sentences.filter((_, at) => lengths[at]! < mean);
  const evidence = (spans: readonly Span[]) => spans.map((span) => ({ ...span, weight: 1, fix: null }));
  return [
    ['long sentences', { value: mean, spans: evidence(long.length === 0 ? sentences : long) }],
    ['short sentences', { value: mean, spans: evidence(short.length === 0 ? sentences : short) }],
    ...(sentences.length < MIN_SENTENCES_FOR_RHYTHM
      ? []
      : [
          ['even sentences', { value: Math.sqrt(variance) / Math.max(1, mean), spans: [] }] as [
            ToneRule,
            Observed,
          ],
        ]),
  ];
}

function widened(rule: ToneRule, tolerance: number, habits: VoiceHabits | null): number {
  const habit = habits === null ? null : habitOf(habits, rule);
  if (habit === null) return tolerance;
  return AT_LEAST.has(rule)
    ? Math.min(tolerance, habit / HABIT_ROOM)
    : Math.max(tolerance, habit * HABIT_ROOM);
}

function judged(
  rule: ToneRule,
  of: 'tone' | 'style',
  { value, spans }: Observed,
  tolerance: number,
): RuleResult {
  const { unit, span, weight } = RULE_FORMS[rule];
  const excess = Math.max(0, AT_LEAST.has(rule) ? tolerance - value : value - tolerance);
  const penalty = weight * Math.min(1, excess / span);
  // Sentences are named only where their length is the trouble.
  const isOfSentences = rule === 'long sentences' || rule === 'short sentences';
  return { rule, of, unit, value, tolerance, penalty, spans: isOfSentences && penalty === 0 ? [] : spans };
}

function scoreOf(rules: readonly RuleResult[]): number {
  return Math.max(0, 1 - rules.reduce((sum, { penalty }) => sum + penalty, 0));
}
