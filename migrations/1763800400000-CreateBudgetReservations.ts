import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBudgetReservations1763800400000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE budget_reservations (
        id uuid PRIMARY KEY,
        task_id uuid NOT NULL,
        role text NOT NULL CHECK (role IN ('ideator', 'drafter', 'critic', 'revisor', 'summarizer')),
        budget text NOT NULL CHECK (budget IN ('external_call', 'retrieval')),
        ordinal integer NOT NULL CHECK (ordinal > 0),
        provider text NOT NULL,
        model text NOT NULL,
        state text NOT NULL CHECK (state IN ('reserved', 'succeeded', 'failed')),
        input_tokens integer CHECK (input_tokens >= 0),
        output_tokens integer CHECK (output_tokens >= 0),
        reserved_at timestamptz NOT NULL,
        settled_at timestamptz,
        UNIQUE (task_id, role, budget, ordinal),
        CHECK ((state = 'reserved') = (settled_at IS NULL))
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE budget_reservations`);
  }
}
