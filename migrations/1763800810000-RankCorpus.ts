import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RankCorpus1763800810000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // The turns before and after one: by what it replies to, and by the order of its thread.
    await queryRunner.query('DROP INDEX documents_thread');
    await queryRunner.query(
      'CREATE INDEX documents_thread ON documents (scope_id, thread_id, created_at, id) WHERE thread_id IS NOT NULL',
    );
    await queryRunner.query(
      'CREATE INDEX documents_replies ON documents (scope_id, source, reply_to) WHERE reply_to IS NOT NULL',
    );
    // Which rules the terms of a corpus were made by; what is there is made anew up to the document of this id.
    await queryRunner.query(`
      ALTER TABLE corpus_scopes
        ADD COLUMN terms_version smallint NOT NULL DEFAULT 1,
        ADD COLUMN terms_renewed_to integer NOT NULL DEFAULT 0`);
    await queryRunner.query('ALTER TABLE corpus_scopes ALTER COLUMN terms_version SET DEFAULT 2');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE corpus_scopes DROP COLUMN terms_version, DROP COLUMN terms_renewed_to',
    );
    await queryRunner.query('DROP INDEX documents_replies');
    await queryRunner.query('DROP INDEX documents_thread');
    await queryRunner.query('CREATE INDEX documents_thread ON documents (scope_id, thread_id)');
  }
}
