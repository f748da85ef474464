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

/** Reads what a cache gave back; throws where this is no profile. */
export function readVoice(found: unknown): VoiceProfile {
  return voice.parse(found) as unknown as VoiceProfile;
}
