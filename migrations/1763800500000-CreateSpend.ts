import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSpend1763800500000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE daily_spend (
        owner_id text NOT NULL,
        day date NOT NULL,
        calls bigint NOT NULL CHECK (calls >= 0),
        tokens bigint NOT NULL CHECK (tokens >= 0),
        micro_usd bigint NOT NULL CHECK (micro_usd >= 0),
        unpriced_calls bigint NOT NULL CHECK (unpriced_calls >= 0),
        PRIMARY KEY (owner_id, day)
      )`);
    // Null in reservations from before spend was counted.
    await queryRunner.query(`
      ALTER TABLE budget_reservations
        ADD COLUMN owner_id text,
        ADD COLUMN day date,
        ADD COLUMN counted_tokens bigint CHECK (counted_tokens >= 0),
        ADD COLUMN counted_micro_usd bigint CHECK (counted_micro_usd >= 0)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE budget_reservations
        DROP COLUMN owner_id, DROP COLUMN day, DROP COLUMN counted_tokens, DROP COLUMN counted_micro_usd`);
    await queryRunner.query(`DROP TABLE daily_spend`);
  }
}
