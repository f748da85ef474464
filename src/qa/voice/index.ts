export { backgroundOf, populationOf, type VoiceBackground, type VoicePopulation } from './background.js';
export { ENGLISH_POPULATIONS, ENGLISH_PROSE } from './english-prose.js';
export { type OwnVoice, ownVoice } from './own-voice.js';
export { piecesOf } from './pieces.js';
export { countStyle, type StyleCounts } from './style-counts.js';
export { STYLE_FEATURES, type StyleFeature } from './style-features.js';
export { describeVoice, type VoiceHabits } from './voice-habits.js';
export { likenessTo, mannerOf, prepareVoice, similarityOf, type VoiceModel } from './voice-model.js';
export {
  emptyProfile,
  mergeProfiles,
  profileOf,
  VOICE_REGISTERS,
  VOICE_VERSION,
  type VoiceProfile,
  type VoiceRegister,
} from './voice-profile.js';
export {
  MIN_PROFILE_WORDS,
  type NoVoiceReason,
  type NoVoiceScore,
  scoreVoice,
  type VoiceScore,
} from './voice-score.js';
