import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExtendCorpus1763800800000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // safety_tags: null until the text was looked through. user_tags are the owner's and survive a new import.
    await queryRunner.query(`
      ALTER TABLE documents
        ADD COLUMN author_name text,
        ADD COLUMN reply_to text,
        ADD COLUMN engagement integer CHECK (engagement >= 0),
        ADD COLUMN language text,
        ADD COLUMN user_tags text[] NOT NULL DEFAULT '{}',
        ADD COLUMN safety_tags text[],
        ADD COLUMN import_id uuid`);
    await queryRunner.query(`
      UPDATE documents SET
        safety_tags = ARRAY(SELECT tag FROM unnest(tags) AS tag WHERE tag LIKE 'pii:%' OR tag LIKE 'planted:%'),
        tags = ARRAY(SELECT tag FROM unnest(tags) AS tag WHERE tag NOT LIKE 'pii:%' AND tag NOT LIKE 'planted:%')`);
    await queryRunner.query(
      'CREATE INDEX documents_unscreened ON documents (scope_id, id) WHERE safety_tags IS NULL',
    );
    await queryRunner.query(
      'CREATE INDEX documents_by_import ON documents (import_id) WHERE import_id IS NOT NULL',
    );
    // What an import replaced or removed, as it was, so that the import can be taken back.
    await queryRunner.query(`
      CREATE TABLE replaced_documents (
        import_id uuid NOT NULL,
        scope_id integer NOT NULL REFERENCES corpus_scopes (id),
        source text NOT NULL,
        external_id text NOT NULL,
        former_import_id uuid,
        document jsonb NOT NULL,
        PRIMARY KEY (import_id, scope_id, source, external_id)
      )`);
    await queryRunner.query(
      'CREATE INDEX replaced_documents_by_document ON replaced_documents (scope_id, source, external_id)',
    );
    await queryRunner.query(`
      ALTER TABLE corpus_scopes
        ADD COLUMN byte_count bigint NOT NULL DEFAULT 0,
        ADD COLUMN unscreened_count integer NOT NULL DEFAULT 0,
        ADD COLUMN retention_days integer CHECK (retention_days > 0)`);
    await queryRunner.query(`
      UPDATE corpus_scopes s SET byte_count = d.bytes
      FROM (SELECT scope_id, sum(octet_length(text) + coalesce(octet_length(title), 0)) AS bytes
            FROM documents GROUP BY scope_id) d
      WHERE d.scope_id = s.id`);
    await queryRunner.query(`
      ALTER TABLE imports
        DROP CONSTRAINT imports_state_check,
        ADD CONSTRAINT imports_state_check
          CHECK (state IN ('running', 'succeeded', 'failed', 'cancelled', 'undone')),
        ADD COLUMN options jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN upload jsonb`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      UPDATE imports SET state = 'failed' WHERE state IN ('cancelled', 'undone')`);
    await queryRunner.query(`
      ALTER TABLE imports
        DROP CONSTRAINT imports_state_check,
        ADD CONSTRAINT imports_state_check CHECK (state IN ('running', 'succeeded', 'failed')),
        DROP COLUMN options, DROP COLUMN upload`);
    await queryRunner.query(`
      ALTER TABLE corpus_scopes
        DROP COLUMN byte_count, DROP COLUMN unscreened_count, DROP COLUMN retention_days`);
    await queryRunner.query('DROP TABLE replaced_documents');
    await queryRunner.query(`
      UPDATE documents SET tags = tags || coalesce(safety_tags, '{}')`);
    await queryRunner.query(`
      ALTER TABLE documents
        DROP COLUMN author_name, DROP COLUMN reply_to, DROP COLUMN engagement, DROP COLUMN language,
        DROP COLUMN user_tags, DROP COLUMN safety_tags, DROP COLUMN import_id`);
  }
}
