import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateImports1763800200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE imports (
        id uuid PRIMARY KEY,
        owner_id text NOT NULL,
        actor_id text NOT NULL,
        corpus text NOT NULL CHECK (corpus IN ('personal', 'social', 'published')),
        source text NOT NULL,
        state text NOT NULL CHECK (state IN ('running', 'succeeded', 'failed')),
        lease_owner text NOT NULL,
        lease_expires_at timestamptz NOT NULL,
        report jsonb NOT NULL,
        error jsonb,
        started_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        finished_at timestamptz
      )`);
    await queryRunner.query(`CREATE INDEX imports_by_owner ON imports (owner_id, started_at)`);
    await queryRunner.query(
      `CREATE INDEX imports_leased ON imports (lease_expires_at) WHERE state = 'running'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE imports`);
  }
}
