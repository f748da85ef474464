import type { MigrationInterface, QueryRunner } from 'typeorm';

export class QueueRuns1763801000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE runs ADD COLUMN next_attempt_at timestamptz`);
    await queryRunner.query(`
      CREATE INDEX runs_dead ON runs (task_id)
      WHERE state = 'failed' AND failure ->> 'code' = 'pipeline.dead_letter'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX runs_dead`);
    await queryRunner.query(`ALTER TABLE runs DROP COLUMN next_attempt_at`);
  }
}
