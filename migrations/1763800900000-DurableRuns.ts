import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DurableRuns1763800900000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // lease_token: rises with each claim; who writes to a run shows the one it was given. actor: whom the run works for.
    await queryRunner.query(`
      ALTER TABLE runs
        DROP CONSTRAINT runs_state_check,
        ADD CONSTRAINT runs_state_check
          CHECK (state IN ('queued', 'running', 'succeeded', 'held', 'failed', 'rejected', 'cancelled')),
        ADD COLUMN lease_token bigint NOT NULL DEFAULT 0,
        ADD COLUMN attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        ADD COLUMN priority smallint NOT NULL DEFAULT 0,
        ADD COLUMN started_at timestamptz,
        ADD COLUMN cancel_requested_at timestamptz,
        ADD COLUMN actor jsonb`);
    await queryRunner.query(`
      CREATE INDEX runs_queued ON runs (owner_id, priority DESC, task_id) WHERE state = 'queued'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX runs_queued`);
    await queryRunner.query(`
      UPDATE runs SET state = 'failed', lease_owner = NULL, lease_expires_at = NULL,
        finished_at = coalesce(finished_at, now()),
        failure = coalesce(failure, '{"code": "pipeline.interrupted", "kind": "unavailable",
          "message": "The version that could see this run to its end was taken back.",
          "hint": "Repeat the request.", "retryable": true}')
      WHERE state IN ('queued', 'cancelled')`);
    await queryRunner.query(`
      ALTER TABLE runs
        DROP CONSTRAINT runs_state_check,
        ADD CONSTRAINT runs_state_check
          CHECK (state IN ('running', 'succeeded', 'held', 'failed', 'rejected')),
        DROP COLUMN lease_token, DROP COLUMN attempts, DROP COLUMN priority, DROP COLUMN started_at,
        DROP COLUMN cancel_requested_at, DROP COLUMN actor`);
  }
}
