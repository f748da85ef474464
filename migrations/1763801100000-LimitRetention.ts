import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LimitRetention1763801100000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // Whether a run's answer was given to others is asked of each run that could go.
    await queryRunner.query(`
      CREATE INDEX runs_by_source ON runs (source_task_id) WHERE source_task_id IS NOT NULL`);
    // What is older than a bound may go, where the transaction names that bound; what is of today never does.
    await queryRunner.query(`
      CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ DECLARE
        kept_from timestamptz := nullif(current_setting('mcg.audit_kept_from', true), '');
      BEGIN
        IF TG_OP = 'DELETE' AND kept_from IS NOT NULL THEN
          IF OLD.occurred_at < least(kept_from, now() - interval '1 day') THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION 'audit events are append-only';
      END $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'audit events are append-only'; END $$`);
    await queryRunner.query(`DROP INDEX runs_by_source`);
  }
}
