import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { OwnerPolicy } from '../../auth/index.js';
import type { VoiceRegister } from '../../qa/index.js';
import { type Actor, AppError } from '../../shared/index.js';
import type { ShownVoice } from './voice.schema.js';
import { VoiceProfiles } from './voice-profiles.js';

/** What people and programs do with voices: look at them, delete them, have them learned anew. */
@Injectable()
export class VoiceService {
  constructor(
    private readonly profiles: VoiceProfiles,
    private readonly owners: OwnerPolicy,
    private readonly audit: AuditLog,
  ) {}

  async show(actor: Actor, owner?: string): Promise<{ owner: string; voices: ShownVoice[] }> {
    const ownerId = await this.owners.resolve(actor, owner);
    return { owner: ownerId, voices: await this.voicesOf(ownerId) };
  }

  /** Throws `corpus.voice_unknown` (not found). */
  async delete(actor: Actor, register: VoiceRegister, owner?: string): Promise<void> {
    const ownerId = await this.owners.resolve(actor, owner);
    if (!(await this.profiles.delete(ownerId, register)))
      throw unknown(register, 'Look with GET /voice which there are.');
    await this.record(actor, 'voice.delete', register, ownerId);
  }

  /** Throws `corpus.voice_unknown` (not found) where nothing was ever imported for it. */
  async rebuild(actor: Actor, register: VoiceRegister, owner?: string): Promise<ShownVoice> {
    const ownerId = await this.owners.resolve(actor, owner);
    if (!(await this.profiles.relearn(ownerId, register)))
      throw unknown(register, 'Import what you wrote first: POST /corpora/:corpus/import.');
    await this.record(actor, 'voice.rebuild', register, ownerId);
    const found = (await this.voicesOf(ownerId)).find(({ summary }) => summary.register === register);
    if (found === undefined) throw unknown(register, 'It was deleted meanwhile; ask again.');
    return found;
  }

  private async voicesOf(ownerId: string): Promise<ShownVoice[]> {
    const summaries = await this.profiles.list(ownerId);
    return Promise.all(
      summaries.map(async (summary) => ({
        summary,
        profile: await this.profiles.profileOf(ownerId, summary),
      })),
    );
  }

  private record(actor: Actor, action: string, register: VoiceRegister, owner: string): Promise<void> {
    const resource = `voices/${register}`;
    return this.audit.append({ actor: actor.userId, action, resource, outcome: 'done', details: { owner } });
  }
}

function unknown(register: VoiceRegister, hint: string): AppError {
  return new AppError('corpus.voice_unknown', 'not_found', `There is no voice for "${register}".`, { hint });
}
