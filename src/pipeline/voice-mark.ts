import type { VoiceProfile } from '../qa/index.js';
import { hashOf } from '../shared/index.js';

/** Profiles are immutable, so each is marked once. */
const known = new WeakMap<VoiceProfile, string>();

/** SHA-256 (hex) of what an owner's voice was learned from, by its counts: the same texts give the same mark. */
export function voiceMark(profile: VoiceProfile): string {
  const { version, register, texts, folds, openers } = profile;
  const mark = known.get(profile) ?? hashOf({ version, register, texts, folds, openers });
  known.set(profile, mark);
  return mark;
}
