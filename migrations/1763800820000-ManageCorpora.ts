import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ManageCorpora1763800820000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // Kept, since counting a million documents takes seconds. No foreign key: written only while the scope is held.
    await queryRunner.query(`
      CREATE TABLE corpus_counts (
        scope_id integer NOT NULL,
        source text NOT NULL,
        author_role text NOT NULL,
        language text NOT NULL DEFAULT '',
        document_count integer NOT NULL CHECK (document_count >= 0),
        PRIMARY KEY (scope_id, source, author_role, language)
      )`);
    await queryRunner.query(`
      INSERT INTO corpus_counts (scope_id, source, author_role, language, document_count)
      SELECT scope_id, source, author_role, coalesce(language, ''), count(*) FROM documents GROUP BY 1, 2, 3, 4`);
    // corpus is null where the parts of one input went to different corpora; targets is empty for imports of before.
    await queryRunner.query(`
      ALTER TABLE imports
        ALTER COLUMN corpus DROP NOT NULL,
        ADD COLUMN targets jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN cancel_requested boolean NOT NULL DEFAULT false,
        ADD COLUMN undo jsonb,
        DROP CONSTRAINT imports_state_check,
        ADD CONSTRAINT imports_state_check
          CHECK (state IN ('running', 'succeeded', 'failed', 'cancelled', 'undoing', 'undone'))`);
    await queryRunner.query('DROP INDEX imports_leased');
    await queryRunner.query(
      `CREATE INDEX imports_leased ON imports (lease_expires_at) WHERE state IN ('running', 'undoing')`,
    );
    await queryRunner.query('DROP INDEX imports_by_owner');
    await queryRunner.query('CREATE INDEX imports_by_owner ON imports (owner_id, id)');
    await queryRunner.query(`
      CREATE INDEX replaced_documents_by_former ON replaced_documents (former_import_id, scope_id)
      WHERE former_import_id IS NOT NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX replaced_documents_by_former');
    await queryRunner.query('DROP INDEX imports_by_owner');
    await queryRunner.query('CREATE INDEX imports_by_owner ON imports (owner_id, started_at)');
    await queryRunner.query('DROP INDEX imports_leased');
    await queryRunner.query(`UPDATE imports SET state = 'undone' WHERE state = 'undoing'`);
    await queryRunner.query(
      `CREATE INDEX imports_leased ON imports (lease_expires_at) WHERE state = 'running'`,
    );
    await queryRunner.query(
      `UPDATE imports SET corpus = coalesce(targets -> 0 ->> 'corpus', 'personal') WHERE corpus IS NULL`,
    );
    await queryRunner.query(`
      ALTER TABLE imports
        DROP CONSTRAINT imports_state_check,
        ADD CONSTRAINT imports_state_check
          CHECK (state IN ('running', 'succeeded', 'failed', 'cancelled', 'undone')),
        ALTER COLUMN corpus SET NOT NULL,
        DROP COLUMN targets, DROP COLUMN cancel_requested, DROP COLUMN undo`);
    await queryRunner.query('DROP TABLE corpus_counts');
  }
}
