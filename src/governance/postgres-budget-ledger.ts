import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, Clock, Ids, type Role } from '../shared/index.js';
import {
  BudgetLedger,
  type BudgetOutcome,
  type BudgetReservation,
  type BudgetUsage,
} from './budget-ledger.port.js';

const RESERVE = `
  INSERT INTO budget_reservations (id, task_id, role, budget, ordinal, provider, model, state, reserved_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'reserved', $8)
  ON CONFLICT (task_id, role, budget, ordinal) DO NOTHING
  RETURNING id`;

const SETTLE = `
  WITH settled AS (
    UPDATE budget_reservations
    SET state = $2, input_tokens = $3, output_tokens = $4, settled_at = $5
    WHERE id = $1 AND state = 'reserved'
    RETURNING id
  )
  SELECT id FROM settled`;

const USAGE = `
  SELECT count(*) FILTER (WHERE budget = 'external_call')::int AS external_calls,
         count(*) FILTER (WHERE budget = 'retrieval')::int AS retrievals
  FROM budget_reservations
  WHERE task_id = $1 AND role = $2`;

/** The ledger in PostgreSQL: the unique key on a run's ordinals is what makes a budget atomic. */
@Injectable()
export class PostgresBudgetLedger extends BudgetLedger {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {
    super();
  }

  async reserve(reservation: BudgetReservation): Promise<string> {
    const { taskId, role, budget, ordinal, provider, model } = reservation;
    const id = this.ids.next();
    const values = [id, taskId, role, budget, ordinal, provider, model, this.clock.now()];
    const rows = await this.dataSource.query<{ id: string }[]>(RESERVE, values);
    if (rows.length > 0) return id;
    throw new AppError(
      'governance.budget_conflict',
      'conflict',
      `The ${role}'s ${budget.replace('_', ' ')} number ${ordinal} of this run is taken.`,
      {
        hint: 'Somebody else is working on this run: read it again instead of repeating the call.',
        taskId,
        details: { role, budget, ordinal },
      },
    );
  }

  async settle(reservationId: string, { outcome, inputTokens, outputTokens }: BudgetOutcome): Promise<void> {
    const values = [reservationId, outcome, inputTokens, outputTokens, this.clock.now()];
    const rows = await this.dataSource.query<{ id: string }[]>(SETTLE, values);
    if (rows.length > 0) return;
    throw new AppError('governance.reservation_closed', 'conflict', 'The reservation is not open.', {
      hint: 'Settle a reservation once, with the id that reserve gave.',
      details: { reservationId },
    });
  }

  async usage(taskId: string, role: Role): Promise<BudgetUsage> {
    const rows = await this.dataSource.query<{ external_calls: number; retrievals: number }[]>(USAGE, [
      taskId,
      role,
    ]);
    return { externalCalls: rows[0]?.external_calls ?? 0, retrievals: rows[0]?.retrievals ?? 0 };
  }
}
