import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCorpus1763800100000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE corpus_scopes (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        owner_id text NOT NULL,
        corpus text NOT NULL CHECK (corpus IN ('personal', 'social', 'published')),
        document_count integer NOT NULL DEFAULT 0 CHECK (document_count >= 0),
        token_count bigint NOT NULL DEFAULT 0 CHECK (token_count >= 0),
        revision bigint NOT NULL DEFAULT 0,
        updated_at timestamptz NOT NULL,
        UNIQUE (owner_id, corpus)
      )`);
    await queryRunner.query(`
      CREATE TABLE documents (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        scope_id integer NOT NULL REFERENCES corpus_scopes (id),
        owner_id text NOT NULL,
        corpus text NOT NULL,
        source text NOT NULL,
        external_id text NOT NULL,
        thread_id text,
        author_role text NOT NULL CHECK (author_role IN ('self', 'assistant', 'system', 'tool', 'other')),
        title text,
        text text NOT NULL,
        url text,
        created_at timestamptz,
        tags text[] NOT NULL,
        attachments text[] NOT NULL,
        content_hash char(64) NOT NULL,
        text_fingerprint char(32) NOT NULL,
        token_count integer NOT NULL,
        term_ids integer[] NOT NULL,
        term_frequencies smallint[] NOT NULL,
        imported_at timestamptz NOT NULL,
        UNIQUE (scope_id, source, external_id)
      )`);
    await queryRunner.query('CREATE INDEX documents_thread ON documents (scope_id, thread_id)');
    await queryRunner.query('CREATE INDEX documents_time ON documents (scope_id, created_at)');
    // Room on each page lets the counters change in place.
    await queryRunner.query(`
      CREATE TABLE terms (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        scope_id integer NOT NULL REFERENCES corpus_scopes (id),
        stem text NOT NULL,
        document_count integer NOT NULL CHECK (document_count >= 0),
        UNIQUE (scope_id, stem)
      ) WITH (fillfactor = 70)`);
    // No foreign keys: a posting is written and removed only with its document, and a check per row costs more than the row.
    await queryRunner.query(`
      CREATE TABLE postings (
        term_id integer NOT NULL,
        document_id integer NOT NULL,
        frequency smallint NOT NULL,
        token_count integer NOT NULL,
        PRIMARY KEY (term_id, document_id) INCLUDE (frequency, token_count)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE postings, terms, documents, corpus_scopes');
  }
}
