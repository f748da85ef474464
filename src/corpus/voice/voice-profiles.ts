import { Injectable } from '@nestjs/common';
import { Cache } from '../../cache/index.js';
import { MIN_PROFILE_WORDS, type VoiceProfile, type VoiceRegister } from '../../qa/index.js';
import type { Mode } from '../../shared/index.js';
import { readVoice, voiceKey } from './kept-voice.js';
import { VoiceRepository, type VoiceSummary } from './voice.repository.js';

/** How owners write, learned from their own words; a stale voice is learned anew before it is given out. */
@Injectable()
export class VoiceProfiles {
  private readonly learning = new Map<string, Promise<boolean>>();

  constructor(
    private readonly voices: VoiceRepository,
    private readonly cache: Cache,
  ) {}

  /** The owner's voice in a register, however little it is made of; null where there is none. */
  async find(ownerId: string, register: VoiceRegister): Promise<VoiceProfile | null> {
    const [found] = (await this.list(ownerId)).filter((each) => each.register === register);
    return found === undefined ? null : this.profileOf(ownerId, found);
  }

  /** The voice to write with in a mode: the fitting register's, else the one with most words; null where none has enough. */
  async forRun(ownerId: string, mode: Mode): Promise<VoiceProfile | null> {
    const fitting: VoiceRegister = mode === 'writing' ? 'article' : 'chat';
    const enough = (await this.list(ownerId)).filter(({ words }) => words >= MIN_PROFILE_WORDS);
    const best =
      enough.find(({ register }) => register === fitting) ??
      enough.toSorted((one, other) => other.words - one.words)[0];
    return best === undefined ? null : this.profileOf(ownerId, best);
  }

  /** What is stored of an owner's voices, each learned anew where it was stale. */
  async list(ownerId: string): Promise<readonly VoiceSummary[]> {
    const found = await this.voices.summaries(ownerId);
    const stale = found.filter(({ isStale }) => isStale);
    if (stale.length === 0) return found;
    for (const { register } of stale) await this.relearn(ownerId, register, 'stale');
    return this.voices.summaries(ownerId);
  }

  /** The profile that a summary speaks of; null where it has become stale or was deleted meanwhile. */
  async profileOf(ownerId: string, { register, revision }: VoiceSummary): Promise<VoiceProfile | null> {
    const key = voiceKey(ownerId, register, revision);
    const kept = await this.cache.get('voices', key, readVoice);
    if (kept !== null) return kept;
    const found = await this.voices.find(ownerId, register);
    if (found === null) return null;
    await this.cache.set('voices', voiceKey(ownerId, register, found.revision), found.profile);
    return found.profile;
  }

  /** Learns anew from all own stored texts; who asks meanwhile waits for the same. False where nothing was ever stored. */
  relearn(ownerId: string, register: VoiceRegister, when: 'always' | 'stale' = 'always'): Promise<boolean> {
    const key = JSON.stringify([ownerId, register, when]);
    const running = this.learning.get(key);
    if (running !== undefined) return running;
    const started = this.voices.relearn(ownerId, register, when).finally(() => this.learning.delete(key));
    this.learning.set(key, started);
    return started;
  }

  /** Deletes a voice for good: it is learned again only when asked for. False where there is none. */
  async delete(ownerId: string, register: VoiceRegister): Promise<boolean> {
    const isDeleted = await this.voices.delete(ownerId, register);
    // Copies lie under each revision they were made at.
    if (isDeleted) await this.cache.clear('voices');
    return isDeleted;
  }
}
