import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReuse1763800600000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // No foreign key: its check would lock the one row that hundreds of runs at once refer to.
    await queryRunner.query(`
      ALTER TABLE runs
        ADD COLUMN source_task_id uuid,
        ADD COLUMN reuse jsonb,
        ALTER COLUMN request DROP NOT NULL,
        ADD CHECK ((source_task_id IS NULL) = (reuse IS NULL)),
        ADD CHECK (request IS NOT NULL OR source_task_id IS NOT NULL)`);
    await queryRunner.query(`
      ALTER TABLE journal_entries ADD COLUMN source text, ADD COLUMN strategy text`);
    await queryRunner.query(`
      CREATE INDEX journal_arranged ON journal_entries (recorded_at) INCLUDE (action, source, strategy)
      WHERE source IS NOT NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX journal_arranged`);
    await queryRunner.query(`ALTER TABLE journal_entries DROP COLUMN source, DROP COLUMN strategy`);
    await queryRunner.query(`DELETE FROM runs WHERE source_task_id IS NOT NULL`);
    await queryRunner.query(`
      ALTER TABLE runs DROP COLUMN source_task_id, DROP COLUMN reuse, ALTER COLUMN request SET NOT NULL`);
  }
}
