import type { EntityManager } from 'typeorm';
import { emptyProfile, VOICE_VERSION, type VoiceProfile, type VoiceRegister } from '../../qa/index.js';
import { MAX_LEVEL, MAX_TEXT_CHARS, MAX_TEXT_TOKENS } from './voice-choice.js';

/** What a stored profile was learned from, without the profile. */
export interface VoiceState {
  readonly version: number;
  readonly isStale: boolean;
  readonly level: number;
  readonly tokens: number;
}

export interface LearnedVoice {
  readonly profile: VoiceProfile;
  readonly words: number;
  readonly level: number;
  readonly tokens: number;
}

/** A corpus whose row the caller's transaction holds, so that nothing is added or deleted meanwhile. */
export interface HeldScope {
  readonly scopeId: number;
  readonly ownerId: string;
  readonly register: VoiceRegister;
  readonly at: Date;
}

// A corpus that holds documents and has no voice is one whose owner has deleted it.
const BEGIN = `
  INSERT INTO voice_profiles (owner_id, register, version, profile, words, level, tokens, is_stale, updated_at)
  SELECT $2, $3, $4, $5::jsonb, 0, 0, 0, false, $6 FROM corpus_scopes WHERE id = $1 AND document_count = 0
  ON CONFLICT DO NOTHING`;
const STATE = `
  SELECT version, is_stale, level, tokens FROM voice_profiles WHERE owner_id = $1 AND register = $2 FOR UPDATE`;
const PROFILE = 'SELECT profile FROM voice_profiles WHERE owner_id = $1 AND register = $2';
const SAVE = `
  INSERT INTO voice_profiles (owner_id, register, version, profile, words, level, tokens, is_stale, updated_at)
  VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, false, $8)
  ON CONFLICT (owner_id, register) DO UPDATE SET
    version = EXCLUDED.version, profile = EXCLUDED.profile, words = EXCLUDED.words, level = EXCLUDED.level,
    tokens = EXCLUDED.tokens, is_stale = false, updated_at = EXCLUDED.updated_at`;
const MARK_STALE = `
  UPDATE voice_profiles SET is_stale = true, profile = NULL, words = 0, updated_at = $3
  WHERE owner_id = $1 AND register = $2`;
/** As `levelOf` and `costOf` say it. */
const LEVEL = `${MAX_LEVEL} - length(ltrim((('x' || left(content_hash, 4))::bit(16))::text, '0'))`;
const TOKENS_BY_LEVEL = `
  SELECT ${LEVEL} AS level, sum(greatest(1, least(${MAX_TEXT_TOKENS}, token_count)))::float8 AS tokens
  FROM documents WHERE scope_id = $1 AND author_role = 'self' GROUP BY 1`;
const OWN_IDS = `
  SELECT id FROM documents WHERE scope_id = $1 AND author_role = 'self' AND ${LEVEL} >= $2 ORDER BY id`;
const TEXTS = `SELECT left(text, ${MAX_TEXT_CHARS}) AS text FROM documents WHERE id = ANY($1::int[])`;

/** One voice inside a transaction that holds its corpus. */
export class HeldVoice {
  constructor(
    private readonly manager: EntityManager,
    private readonly scope: HeldScope,
  ) {}

  get register(): VoiceRegister {
    return this.scope.register;
  }

  /** Makes an empty profile where this is the corpus's first batch, and holds it; null where it is not. */
  async begin(): Promise<VoiceState | null> {
    const { scopeId, ownerId, register, at } = this.scope;
    const profile = JSON.stringify(emptyProfile(register));
    await this.manager.query(BEGIN, [scopeId, ownerId, register, VOICE_VERSION, profile, at]);
    return this.state();
  }

  /** Holds the row; null where there is none. */
  async state(): Promise<VoiceState | null> {
    const [row] = await this.manager.query<
      { version: number; is_stale: boolean; level: number; tokens: number }[]
    >(STATE, this.key());
    return row === undefined
      ? null
      : { version: row.version, isStale: row.is_stale, level: row.level, tokens: row.tokens };
  }

  /** The profile of a row that is not stale. */
  async profile(): Promise<VoiceProfile> {
    const rows = await this.manager.query<{ profile: VoiceProfile }[]>(PROFILE, this.key());
    return rows[0]!.profile;
  }

  async save({ profile, words, level, tokens }: LearnedVoice): Promise<void> {
    const values = [profile.version, JSON.stringify(profile), words, level, tokens, this.scope.at];
    await this.manager.query(SAVE, [...this.key(), ...values]);
  }

  /** Drops what was learned, in this very transaction: it holds words that are no longer the owner's. */
  async markStale(): Promise<void> {
    await this.manager.query(MARK_STALE, [...this.key(), this.scope.at]);
  }

  /** What the owner's own documents of each level count for. */
  async tokensByLevel(): Promise<number[]> {
    const rows = await this.manager.query<{ level: number; tokens: number }[]>(TOKENS_BY_LEVEL, [
      this.scope.scopeId,
    ]);
    const tokens = new Array<number>(MAX_LEVEL + 1).fill(0);
    for (const row of rows) tokens[row.level] = row.tokens;
    return tokens;
  }

  /** The owner's own documents of this level and above. */
  async ownIds(level: number): Promise<number[]> {
    const rows = await this.manager.query<{ id: number }[]>(OWN_IDS, [this.scope.scopeId, level]);
    return rows.map(({ id }) => id);
  }

  async texts(ids: readonly number[]): Promise<string[]> {
    const rows = await this.manager.query<{ text: string }[]>(TEXTS, [ids]);
    return rows.map(({ text }) => text);
  }

  private key(): [string, VoiceRegister] {
    return [this.scope.ownerId, this.scope.register];
  }
}
