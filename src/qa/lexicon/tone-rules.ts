import type { Style, Tone } from '../../shared/index.js';
import type { EvidenceRule } from '../measures/tone-evidence.js';

/** What is counted in places, and what is read off the sentences as a whole. */
export type ToneRule =
  | EvidenceRule
  | 'long sentences'
  | 'short sentences'
  | 'even sentences'
  | 'reading grade';

/** How a rule's value is made and what going past its tolerance costs. */
export interface RuleForm {
  readonly unit:
    | 'per 100 words'
    | 'share of sentences'
    | 'words a sentence'
    | 'variation'
    | 'grade'
    | 'places';
  /** By how much a value may pass its tolerance until it costs the whole weight. */
  readonly span: number;
  /** In 0..1: what is lost at most. */
  readonly weight: number;
}

const per100Words = (span: number, weight: number): RuleForm => ({ unit: 'per 100 words', span, weight });
const ofSentences = (weight: number): RuleForm => ({ unit: 'share of sentences', span: 0.5, weight });

export const RULE_FORMS: Readonly<Record<ToneRule, RuleForm>> = {
  contractions: per100Words(6, 0.35),
  slang: per100Words(4, 0.5),
  'stiff words': per100Words(4, 0.4),
  hedges: per100Words(8, 0.25),
  intensifiers: per100Words(6, 0.2),
  'wordy phrases': per100Words(3, 0.3),
  emoji: per100Words(3, 0.3),
  capitals: per100Words(3, 0.3),
  passive: ofSentences(0.2),
  'first person': per100Words(8, 0.15),
  'second person': per100Words(8, 0.15),
  'impolite requests': ofSentences(0.4),
  'exclamation marks': per100Words(5, 0.35),
  'repeated marks': per100Words(2, 0.15),
  ellipses: per100Words(3, 0.2),
  'missing terminators': ofSentences(0.2),
  spacing: per100Words(3, 0.15),
  'mixed quotes': { unit: 'places', span: 4, weight: 0.05 },
  'long sentences': { unit: 'words a sentence', span: 25, weight: 0.3 },
  'short sentences': { unit: 'words a sentence', span: 4, weight: 0.3 },
  'even sentences': { unit: 'variation', span: 0.15, weight: 0.1 },
  'reading grade': { unit: 'grade', span: 8, weight: 0.3 },
};

/** Rules whose value must not fall below the tolerance; the others must not rise above it. */
export const AT_LEAST: ReadonlySet<ToneRule> = new Set<ToneRule>(['short sentences', 'even sentences']);

/** A rule that a tone does not name puts up with everything: no text loses for what it does not say. */
export type Tolerances = Readonly<Partial<Record<ToneRule, number>>>;

export const TONE_TOLERANCES: Readonly<Record<Tone, Tolerances>> = {
  professional: {
    contractions: 5,
    slang: 0.5,
    'stiff words': 3,
    hedges: 4,
    intensifiers: 4,
    'wordy phrases': 2,
    emoji: 0,
    capitals: 0,
    passive: 0.7,
    'impolite requests': 0.3,
    'exclamation marks': 1,
    'repeated marks': 0,
    ellipses: 0.5,
    'missing terminators': 0.2,
    spacing: 0.5,
    'mixed quotes': 0,
    'long sentences': 32,
    'reading grade': 18,
  },
  formal: {
    contractions: 1,
    slang: 0,
    hedges: 3,
    intensifiers: 2.5,
    emoji: 0,
    capitals: 0,
    'second person': 6,
    'impolite requests': 0.2,
    'exclamation marks': 0.3,
    'repeated marks': 0,
    ellipses: 0.3,
    'missing terminators': 0.1,
    spacing: 0.3,
    'mixed quotes': 0,
    'long sentences': 40,
  },
  casual: {
    slang: 40,
    'stiff words': 0.5,
    hedges: 10,
    'wordy phrases': 1,
    emoji: 20,
    passive: 0.5,
    'exclamation marks': 20,
    'long sentences': 30,
    'reading grade': 12,
  },
  friendly: {
    slang: 15,
    'stiff words': 0.5,
    hedges: 8,
    'wordy phrases': 1,
    emoji: 8,
    capitals: 0,
    passive: 0.5,
    'impolite requests': 0,
    'exclamation marks': 10,
    'long sentences': 28,
    'reading grade': 13,
  },
  neutral: {
    slang: 4,
    'stiff words': 5,
    hedges: 10,
    intensifiers: 5,
    emoji: 2,
    capitals: 1,
    'impolite requests': 0.5,
    'exclamation marks': 3,
    'repeated marks': 1,
    'long sentences': 45,
  },
};

export const STYLE_TOLERANCES: Readonly<Record<Style, Tolerances>> = {
  concise: {
    hedges: 4,
    intensifiers: 2,
    'wordy phrases': 0.5,
    passive: 0.5,
    'long sentences': 20,
    'reading grade': 15,
  },
  detailed: { 'wordy phrases': 3, ellipses: 1, 'short sentences': 7, 'even sentences': 0.15 },
  conversational: {
    'stiff words': 0.5,
    'wordy phrases': 1,
    passive: 0.4,
    'long sentences': 22,
    'even sentences': 0.15,
    'reading grade': 12,
  },
  formal: {
    contractions: 1,
    slang: 0,
    intensifiers: 2.5,
    emoji: 0,
    capitals: 0,
    'second person': 6,
    'exclamation marks': 0.3,
    'repeated marks': 0,
    ellipses: 0.3,
    'missing terminators': 0.1,
    spacing: 0.3,
  },
};
