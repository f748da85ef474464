import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { VOICE_REGISTERS, VOICE_VERSION, type VoiceProfile, type VoiceRegister } from '../../qa/index.js';
import { Clock } from '../../shared/index.js';
import { lockKnownScope } from '../documents/document-index.js';
import { HeldVoice } from './held-voice.repository.js';
import { relearn } from './learn-voice.js';
import { CORPUS_OF } from './registers.js';

/** What is stored of a voice beside its profile. */
export interface VoiceSummary {
  readonly register: VoiceRegister;
  /** Of the profile's format: `VOICE_VERSION` when it was learned. */
  readonly version: number;
  /** Words learned from; 0 for a stale one. */
  readonly words: number;
  /** Whether it has to be learned anew before it is used. */
  readonly isStale: boolean;
  /** The corpus's revision: the same documents give the same profile. */
  readonly revision: string;
  /** ISO 8601 in UTC. */
  readonly updatedAt: string;
}

interface SummaryRow {
  readonly register: VoiceRegister;
  readonly version: number;
  readonly words: number;
  readonly is_stale: boolean;
  readonly revision: string;
  readonly updated_at: Date;
}

const CORPUS = `CASE v.register WHEN 'chat' THEN 'personal' WHEN 'post' THEN 'social' ELSE 'published' END`;
const SUMMARIES = `
  SELECT v.register, v.version, v.words, v.is_stale, v.updated_at, s.revision::text AS revision
  FROM voice_profiles v JOIN corpus_scopes s ON s.owner_id = v.owner_id AND s.corpus = ${CORPUS}
  WHERE v.owner_id = $1`;
const PROFILE = `
  SELECT v.profile, s.revision::text AS revision
  FROM voice_profiles v JOIN corpus_scopes s ON s.owner_id = v.owner_id AND s.corpus = ${CORPUS}
  WHERE v.owner_id = $1 AND v.register = $2 AND NOT v.is_stale AND v.version = $3`;
/** Those of corpora that are still being written become stale again. */
const NEXT_STALE = `
  SELECT v.owner_id AS "ownerId", v.register
  FROM voice_profiles v JOIN corpus_scopes s ON s.owner_id = v.owner_id AND s.corpus = ${CORPUS}
  WHERE v.is_stale AND s.updated_at < $1 ORDER BY v.updated_at LIMIT 1`;
/** What was measured by a voice is no longer what it was, so the corpus counts as changed. */
const DELETE = `
  WITH gone AS (DELETE FROM voice_profiles WHERE owner_id = $1 AND register = $2 RETURNING register),
    changed AS (
      UPDATE corpus_scopes SET revision = revision + 1
      WHERE owner_id = $1 AND corpus = $3 AND EXISTS (SELECT 1 FROM gone))
  SELECT register FROM gone`;

/** The rows of voices. */
@Injectable()
export class VoiceRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** An owner's voices in the order of `VOICE_REGISTERS`. */
  async summaries(ownerId: string): Promise<VoiceSummary[]> {
    const rows = await this.dataSource.query<SummaryRow[]>(SUMMARIES, [ownerId]);
    return VOICE_REGISTERS.flatMap((register) => rows.filter((row) => row.register === register)).map(
      summaryOf,
    );
  }

  /** A profile and the revision of the corpus it was learned from; null where there is none that can be used. */
  async find(
    ownerId: string,
    register: VoiceRegister,
  ): Promise<{ readonly profile: VoiceProfile; readonly revision: string } | null> {
    const rows = await this.dataSource.query<{ profile: VoiceProfile; revision: string }[]>(PROFILE, [
      ownerId,
      register,
      VOICE_VERSION,
    ]);
    return rows[0] ?? null;
  }

  /** The voice that has been stale for longest, of a corpus unchanged since `before`; null where there is none. */
  async nextStale(
    before: Date,
  ): Promise<{ readonly ownerId: string; readonly register: VoiceRegister } | null> {
    const rows = await this.dataSource.query<{ ownerId: string; register: VoiceRegister }[]>(NEXT_STALE, [
      before,
    ]);
    return rows[0] ?? null;
  }

  /** False where there was none. */
  async delete(ownerId: string, register: VoiceRegister): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(DELETE, [ownerId, register, CORPUS_OF[register]]);
    return rows.length > 0;
  }

  /** The voice of a corpus that the transaction of `manager` holds. */
  held(manager: EntityManager, scopeId: number, ownerId: string, register: VoiceRegister): HeldVoice {
    return new HeldVoice(manager, { scopeId, ownerId, register, at: this.clock.now() });
  }

  /**
   * Learns a voice anew from the stored documents while their corpus is held: always, or only where it is stale. False
   * where nothing was ever stored in that corpus.
   */
  async relearn(ownerId: string, register: VoiceRegister, when: 'always' | 'stale'): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const scopeId = await lockKnownScope(manager, ownerId, CORPUS_OF[register]);
      if (scopeId === null) return false;
      const voice = this.held(manager, scopeId, ownerId, register);
      const state = await voice.state();
      if (when === 'always' || (state !== null && mustRelearn(state))) await relearn(voice);
      return true;
    });
  }
}

/** One of a newer version is left to the replica that understands it. */
function mustRelearn({ isStale, version }: { isStale: boolean; version: number }): boolean {
  return isStale || version < VOICE_VERSION;
}

function summaryOf(row: SummaryRow): VoiceSummary {
  const isStale = mustRelearn({ isStale: row.is_stale, version: row.version });
  return {
    register: row.register,
    version: row.version,
    words: isStale ? 0 : row.words,
    isStale,
    revision: row.revision,
    updatedAt: row.updated_at.toISOString(),
  };
}
