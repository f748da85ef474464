import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateVoices1763800700000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE voice_profiles (
        owner_id text NOT NULL,
        register text NOT NULL CHECK (register IN ('chat', 'post', 'article')),
        version integer NOT NULL,
        profile jsonb,
        words integer NOT NULL CHECK (words >= 0),
        level smallint NOT NULL CHECK (level >= 0),
        tokens integer NOT NULL CHECK (tokens >= 0),
        is_stale boolean NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (owner_id, register),
        CHECK (is_stale = (profile IS NULL))
      )`);
    // What was imported before voices were learned is learned when it is first needed.
    await queryRunner.query(`
      INSERT INTO voice_profiles (owner_id, register, version, words, level, tokens, is_stale, updated_at)
      SELECT owner_id, CASE corpus WHEN 'personal' THEN 'chat' WHEN 'social' THEN 'post' ELSE 'article' END,
        0, 0, 0, 0, true, updated_at
      FROM corpus_scopes`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE voice_profiles');
  }
}
