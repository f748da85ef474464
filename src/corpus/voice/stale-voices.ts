import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/index.js';
import { DocumentWriter } from '../documents/imported-document.js';
import type { OwnedCorpus } from '../documents/writing-activity.js';
import { REGISTER_OF } from './registers.js';
import { VoiceRepository } from './voice.repository.js';

/** A corpus that was written this short a time ago may be in the middle of an import of another process. */
const QUIET_MS = 30_000;

/** Learns stale voices anew: at once where an import of this process has ended, the others when their corpus is quiet. */
@Injectable()
export class StaleVoices {
  private readonly written = new Map<string, OwnedCorpus>();

  constructor(
    private readonly voices: VoiceRepository,
    private readonly clock: Clock,
    writer: DocumentWriter,
  ) {
    writer.activity.onEnd((each) => this.written.set(`${each.corpus} ${each.ownerId}`, each));
  }

  /** Learns one; false where none is left. */
  async learnNext(): Promise<boolean> {
    for (const [key, { ownerId, corpus }] of this.written) {
      this.written.delete(key);
      await this.voices.relearn(ownerId, REGISTER_OF[corpus], 'stale');
      return true;
    }
    const stale = await this.voices.nextStale(new Date(this.clock.now().getTime() - QUIET_MS));
    return stale !== null && this.voices.relearn(stale.ownerId, stale.register, 'stale');
  }
}
