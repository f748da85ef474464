import { z } from 'zod';
import { VOICE_REGISTERS, VOICE_VERSION, type VoiceProfile, type VoiceRegister } from '../../qa/index.js';
import { hashOf } from '../../shared/index.js';

const voice = z.looseObject({
  version: z.literal(VOICE_VERSION),
  register: z.enum(VOICE_REGISTERS),
  folds: z.array(z.looseObject({ words: z.number(), counts: z.array(z.number()) })),
  openers: z.array(z.number()),
  sample: z.array(z.looseObject({ hash: z.string(), text: z.string() })),
});

/** SHA-256 (hex) of all that a profile depends on: whose it is, the state of the corpus, and how voices are learned. */
export function voiceKey(ownerId: string, register: VoiceRegister, revision: string): string {
  return hashOf({ ownerId, register, revision, version: VOICE_VERSION });
}

/** What was looked at before: the same object again is the same profile. */
const known = new WeakSet<object>();

/** Reads what a cache gave back, and gives that very object, so that what was made of it can be used again; throws where it is no profile. */
export function readVoice(found: unknown): VoiceProfile {
  if (typeof found === 'object' && found !== null && known.has(found)) return found as VoiceProfile;
  voice.parse(found);
  known.add(found as object);
  return found as VoiceProfile;
}
