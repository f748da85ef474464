import { setImmediate as nextTurn } from 'node:timers/promises';
import { emptyProfile, mergeProfiles, profileOf, VOICE_VERSION, type VoiceProfile } from '../../qa/index.js';
import type { HeldVoice } from './held-voice.repository.js';
import { ownWordsOf } from './own-words.js';
import {
  chosenLevel,
  costOf,
  levelOf,
  MAX_ADDED_TOKENS,
  MAX_LEARNED_TOKENS,
  MAX_TEXT_CHARS,
} from './voice-choice.js';

/** Some 20 ms of work: other requests come in between. */
const CHARS_AT_ONCE = 40_000;
const TEXTS_AT_ONCE = 200;

/** A new document that its owner wrote. */
export interface OwnText {
  readonly text: string;
  readonly contentHash: string;
  readonly tokenCount: number;
}

/** What a batch did to an owner's own documents. */
export interface OwnChange {
  /** Read only where the voice learns from this batch. */
  added(): readonly OwnText[];
  /** Whether own words were rewritten: what was learned of them cannot be taken out again. */
  readonly hasChanged: boolean;
}

/**
 * Learns what a batch added. The profile is dropped where it is of an older version, where own words were rewritten,
 * where much was added, and where it would be learned from more than is needed; `relearn` then makes it anew.
 */
export async function learnBatch(voice: HeldVoice, change: OwnChange): Promise<void> {
  const state = (await voice.state()) ?? (await voice.begin());
  if (state === null || state.isStale) return;
  if (change.hasChanged || state.version !== VOICE_VERSION) return voice.markStale();
  const chosen = change.added().filter(({ contentHash }) => levelOf(contentHash) >= state.level);
  if (chosen.length === 0) return;
  const added = chosen.reduce((sum, { tokenCount }) => sum + costOf(tokenCount), 0);
  const tokens = state.tokens + added;
  if (added > MAX_ADDED_TOKENS || tokens > MAX_LEARNED_TOKENS) return voice.markStale();
  const profile = await withTexts(
    await voice.profile(),
    chosen.map(({ text }) => text),
  );
  await voice.save({ profile, words: wordsOf(profile), level: state.level, tokens });
}

/** Learns a voice anew from the stored documents. */
export async function relearn(voice: HeldVoice): Promise<void> {
  const tokensByLevel = await voice.tokensByLevel();
  const level = chosenLevel(tokensByLevel);
  const tokens = tokensByLevel.slice(level).reduce((sum, count) => sum + count, 0);
  const ids = await voice.ownIds(level);
  let profile = emptyProfile(voice.register);
  for (let at = 0; at < ids.length; at += TEXTS_AT_ONCE)
    profile = await withTexts(profile, await voice.texts(ids.slice(at, at + TEXTS_AT_ONCE)));
  await voice.save({ profile, words: wordsOf(profile), level, tokens });
}

async function withTexts(profile: VoiceProfile, texts: readonly string[]): Promise<VoiceProfile> {
  let learned = profile;
  let waiting: string[] = [];
  let chars = 0;
  const learn = () => {
    learned = mergeProfiles(learned, profileOf(profile.register, waiting));
    waiting = [];
    chars = 0;
  };
  for (const text of texts) {
    const own = ownWordsOf(text.slice(0, MAX_TEXT_CHARS));
    waiting.push(own);
    chars += own.length;
    if (chars < CHARS_AT_ONCE) continue;
    learn();
    await nextTurn();
  }
  if (waiting.length > 0) learn();
  return learned;
}

function wordsOf({ folds }: VoiceProfile): number {
  return folds.reduce((sum, { words }) => sum + words, 0);
}
