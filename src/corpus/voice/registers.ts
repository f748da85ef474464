import type { VoiceRegister } from '../../qa/index.js';
import type { CorpusName } from '../../shared/index.js';

/** How people write in each corpus. */
export const REGISTER_OF: Readonly<Record<CorpusName, VoiceRegister>> = {
  personal: 'chat',
  social: 'post',
  published: 'article',
};

/** From which corpus each register is learned. */
export const CORPUS_OF: Readonly<Record<VoiceRegister, CorpusName>> = {
  chat: 'personal',
  post: 'social',
  article: 'published',
};
