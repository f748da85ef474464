import { type OwnVoice, scoreVoice } from '../voice/index.js';

/** How far a text sounds like its owner, as `scoreVoice` says; null where the voice is not known or cannot be told. */
export function measureVoiceMatch(text: string, voice: OwnVoice | null): number | null {
  return voice === null ? null : scoreVoice(voice.model, text).score;
}
