import { z } from 'zod';
import {
  describeVoice,
  MIN_PROFILE_WORDS,
  VOICE_REGISTERS,
  type VoiceHabits,
  type VoiceProfile,
} from '../../qa/index.js';
import { CORPUS_OF } from './registers.js';
import type { VoiceSummary } from './voice.repository.js';

export const voiceParamsSchema = z.strictObject({ register: z.enum(VOICE_REGISTERS) });
export type VoiceParams = z.infer<typeof voiceParamsSchema>;

/** A voice as it is stored, and its profile; null where it has become stale while it was looked up. */
export interface ShownVoice {
  readonly summary: VoiceSummary;
  readonly profile: VoiceProfile | null;
}

/** An owner's voices as the API shows them. */
export function voicesView({ owner, voices }: { owner: string; voices: readonly ShownVoice[] }) {
  return { owner, voices: voices.map(voiceView) };
}

/** One voice as the API shows it: plain figures, or how much is missing until they say something. */
export function voiceView({ summary, profile }: ShownVoice) {
  const { register, version, words, updatedAt } = summary;
  const missing = Math.max(0, MIN_PROFILE_WORDS - words);
  const habits = profile === null || missing > 0 ? null : habitsView(describeVoice(profile));
  return {
    register,
    corpus: CORPUS_OF[register],
    version,
    status: profile === null ? 'stale' : missing > 0 ? 'too_little' : 'ready',
    texts: profile?.texts ?? 0,
    texts_not_english: profile?.textsNotEnglish ?? 0,
    words,
    words_missing: missing,
    updated_at: updatedAt,
    habits,
  };
}

function habitsView(habits: VoiceHabits) {
  return {
    words_per_sentence: habits.wordsPerSentence,
    letters_per_word: habits.lettersPerWord,
    sentence_lengths: sentenceLengths(habits.sentenceLengths),
    per_100_words: inSnakeCase(habits.per100Words),
    openers: habits.openers.map(({ word, share }) => ({ word, share })),
    phrases: habits.phrases.map(({ phrase, count }) => ({ phrase, count })),
  };
}

/** Classes of length in words, shortest first, each with its share of the sentences; the last one is open. */
function sentenceLengths(shares: Readonly<Record<string, number>>) {
  const ends = Object.keys(shares).map((name) => Number(/\d+/u.exec(name)?.[0] ?? 0) || null);
  return Object.values(shares).map((share, at) => ({
    from_words: (ends[at - 1] ?? 0) + 1,
    to_words: ends[at] ?? null,
    share,
  }));
}

function inSnakeCase(figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name.toLowerCase().replace(/[^a-z0-9]+/gu, '_'), value]),
  );
}
