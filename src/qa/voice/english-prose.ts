import { FEDERALIST_PAPERS } from '../lexicon/voice-federalist-papers.js';
import { MOBY_DICK } from '../lexicon/voice-moby-dick.js';
import { UNION_ADDRESSES } from '../lexicon/voice-union-addresses.js';
import { backgroundOf, type VoiceBackground, type VoicePopulation } from './background.js';

/** What our background of English is made of: written and spoken prose in the public domain, no chats. */
export const ENGLISH_POPULATIONS: Readonly<Record<string, VoicePopulation>> = {
  'Federalist papers': FEDERALIST_PAPERS,
  'State of the Union addresses': UNION_ADDRESSES,
  'Moby Dick': MOBY_DICK,
};

/** The background that profiles are compared with unless the caller has a better one. */
export const ENGLISH_PROSE: VoiceBackground = backgroundOf(Object.values(ENGLISH_POPULATIONS));
