import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A message of a chat is known by its conversation and its own id. Until now only the second conversation that held
 * a message was named in the id, so that an export in another order swapped the two.
 */
export class KeyChatMessages1763800815000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // Ids of 400 characters and more are kept by a digest that cannot be made here; none of the service is as long.
    await queryRunner.query(`
      UPDATE documents d SET external_id = d.thread_id || ':' || d.external_id
      WHERE d.source = 'chatgpt' AND d.thread_id IS NOT NULL
        AND NOT starts_with(d.external_id, d.thread_id || ':')
        AND length(d.thread_id) + length(d.external_id) < 399
        AND NOT EXISTS (
          SELECT FROM documents twin
          WHERE twin.scope_id = d.scope_id AND twin.source = d.source
            AND twin.external_id = d.thread_id || ':' || d.external_id)`);
    await queryRunner.query('UPDATE corpus_scopes SET revision = revision + 1');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      UPDATE documents d SET external_id = substr(d.external_id, length(d.thread_id) + 2)
      WHERE d.id IN (
        SELECT min(id) FROM documents
        WHERE source = 'chatgpt' AND thread_id IS NOT NULL AND starts_with(external_id, thread_id || ':')
        GROUP BY scope_id, substr(external_id, length(thread_id) + 2))
        AND NOT EXISTS (
          SELECT FROM documents twin
          WHERE twin.scope_id = d.scope_id AND twin.source = d.source
            AND twin.external_id = substr(d.external_id, length(d.thread_id) + 2))`);
    await queryRunner.query('UPDATE corpus_scopes SET revision = revision + 1');
  }
}
