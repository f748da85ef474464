import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRuns1763800300000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE runs (
        task_id uuid PRIMARY KEY,
        owner_id text NOT NULL,
        request_id text NOT NULL,
        idempotency_key text,
        request_hash char(64) NOT NULL,
        request jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('running', 'succeeded', 'held', 'failed', 'rejected')),
        mode text NOT NULL,
        policy_version text NOT NULL,
        policy_hash char(64) NOT NULL,
        content text,
        metadata jsonb,
        failure jsonb,
        held jsonb,
        review jsonb,
        lease_owner text,
        lease_expires_at timestamptz,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        duration_ms double precision
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX runs_by_idempotency_key ON runs (owner_id, idempotency_key)
      WHERE idempotency_key IS NOT NULL`);
    await queryRunner.query(`CREATE INDEX runs_by_owner ON runs (owner_id, task_id DESC)`);
    await queryRunner.query(`CREATE INDEX runs_by_time ON runs (created_at)`);
    await queryRunner.query(`CREATE INDEX runs_leased ON runs (lease_expires_at) WHERE state = 'running'`);
    await queryRunner.query(`CREATE INDEX runs_held ON runs (task_id) WHERE state = 'held'`);
    await queryRunner.query(`
      CREATE TABLE run_stages (
        task_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
        role text NOT NULL,
        result text NOT NULL,
        duration_ms double precision NOT NULL,
        external_calls int NOT NULL,
        input_tokens int NOT NULL,
        output_tokens int NOT NULL,
        fallback text,
        finished_at timestamptz NOT NULL,
        PRIMARY KEY (task_id, role)
      )`);
    await queryRunner.query(`CREATE INDEX run_stages_by_time ON run_stages (finished_at)`);
    await queryRunner.query(`
      CREATE TABLE journal_entries (
        task_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
        sequence int NOT NULL,
        role text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('ask', 'pack', 'check')),
        action text NOT NULL,
        permitted boolean NOT NULL,
        policies text[] NOT NULL,
        body jsonb NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (task_id, sequence)
      )`);
    await queryRunner.query(`
      CREATE INDEX journal_denials ON journal_entries (recorded_at) WHERE NOT permitted`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE journal_entries, run_stages, runs`);
  }
}
