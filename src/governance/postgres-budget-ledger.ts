import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError, Clock, Ids, type Role } from '../shared/index.js';
import {
  BudgetLedger,
  type BudgetOutcome,
  type BudgetReservation,
  type BudgetUsage,
  type ReservedCall,
  type WriteGuard,
} from './budget-ledger.port.js';
import { type SpendLimitName, spendLimitReached } from './spend.errors.js';
import { utcDay } from './spend-day.js';
import { type DailyLimits, SpendLimits } from './spend-limits.js';

const RESERVE = `
  INSERT INTO budget_reservations (
    id, task_id, role, budget, ordinal, provider, model, state, reserved_at,
    owner_id, day, counted_tokens, counted_micro_usd
  )
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'reserved', $8, $9, $10, $11, $12)
  ON CONFLICT (task_id, role, budget, ordinal) DO NOTHING
  RETURNING id`;

/** Locks the owner's day until the transaction ends: whoever comes next sees these totals, or none of them. */
const COUNT = `
  INSERT INTO daily_spend AS spend (owner_id, day, calls, tokens, micro_usd, unpriced_calls)
  VALUES ($1, $2, 1, $3, $4, $5)
  ON CONFLICT (owner_id, day) DO UPDATE SET
    calls = spend.calls + 1,
    tokens = spend.tokens + excluded.tokens,
    micro_usd = spend.micro_usd + excluded.micro_usd,
    unpriced_calls = spend.unpriced_calls + excluded.unpriced_calls
  RETURNING calls, tokens, micro_usd AS "microUsd"`;

const SETTLE = `
  WITH reserved AS (
    SELECT id, owner_id, day, counted_tokens, counted_micro_usd
    FROM budget_reservations WHERE id = $1 AND state = 'reserved' FOR UPDATE
  ), settled AS (
    UPDATE budget_reservations AS reservation
    SET state = $2, input_tokens = $3, output_tokens = $4, settled_at = $5,
      counted_tokens = coalesce($6, reserved.counted_tokens),
      counted_micro_usd = coalesce($7, reserved.counted_micro_usd)
    FROM reserved WHERE reservation.id = reserved.id
    RETURNING reservation.id, reserved.owner_id, reserved.day,
      reservation.counted_tokens - reserved.counted_tokens AS tokens,
      reservation.counted_micro_usd - reserved.counted_micro_usd AS micro_usd
  ), corrected AS (
    UPDATE daily_spend AS spend
    SET tokens = spend.tokens + settled.tokens, micro_usd = spend.micro_usd + settled.micro_usd
    FROM settled WHERE spend.owner_id = settled.owner_id AND spend.day = settled.day
  )
  SELECT id FROM settled`;

const USAGE = `
  SELECT count(*) FILTER (WHERE budget = 'external_call')::int AS external_calls,
         count(*) FILTER (WHERE budget = 'retrieval')::int AS retrievals
  FROM budget_reservations
  WHERE task_id = $1 AND role = $2`;

/** The ledger in PostgreSQL: unique ordinals make a run's budget atomic, one row an owner and day the spend limits. */
@Injectable()
export class PostgresBudgetLedger extends BudgetLedger {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly limits: SpendLimits,
  ) {
    super();
  }

  async reserve(reservation: BudgetReservation, guard?: WriteGuard): Promise<string> {
    const id = reservation.id ?? this.ids.next();
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      await guard?.(manager);
      if (await this.take(manager, id, reservation, now)) await this.count(manager, reservation, now);
    });
    return id;
  }

  async settle(
    reservationId: string,
    { outcome, cost }: BudgetOutcome,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    const rows = await manager.query<{ id: string }[]>(SETTLE, [
      reservationId,
      outcome,
      cost?.inputTokens ?? null,
      cost?.outputTokens ?? null,
      this.clock.now(),
      cost && cost.inputTokens + cost.outputTokens,
      cost && (cost.microUsd ?? 0),
    ]);
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

  async callsOf(taskId: string): Promise<readonly ReservedCall[]> {
    return this.dataSource.query<ReservedCall[]>(
      `SELECT role, budget, ordinal FROM budget_reservations WHERE task_id = $1 ORDER BY role, budget, ordinal`,
      [taskId],
    );
  }

  /** False where this very reservation stands already: its first try was committed though the answer was lost. */
  private async take(manager: EntityManager, id: string, reservation: BudgetReservation, now: Date) {
    const { taskId, ownerId, role, budget, ordinal, provider, model, upperBound } = reservation;
    const { inputTokens, outputTokens, microUsd } = upperBound;
    const act = [id, taskId, role, budget, ordinal, provider, model, now];
    const counted = [ownerId, utcDay(now), inputTokens + outputTokens, microUsd ?? 0];
    const rows = await manager.query<{ id: string }[]>(RESERVE, [...act, ...counted]);
    if (rows.length > 0) return true;
    if (await isOwn(manager, id, reservation)) return false;
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

  /** Throwing undoes the count: the totals of a refused call are seen by nobody else. */
  private async count(manager: EntityManager, { ownerId, upperBound }: BudgetReservation, now: Date) {
    const { inputTokens, outputTokens, microUsd } = upperBound;
    const rows = await manager.query<Record<SpendLimitName, string>[]>(COUNT, [
      ownerId,
      utcDay(now),
      inputTokens + outputTokens,
      microUsd ?? 0,
      microUsd === null ? 1 : 0,
    ]);
    const passed = limitPassed(rows[0]!, this.limits.of(ownerId));
    if (passed) throw spendLimitReached(passed, now);
  }
}

async function isOwn(
  manager: EntityManager,
  id: string,
  { taskId, role, budget, ordinal }: BudgetReservation,
) {
  const rows = await manager.query<unknown[]>(
    `SELECT id FROM budget_reservations WHERE id = $1 AND task_id = $2 AND role = $3 AND budget = $4 AND ordinal = $5`,
    [id, taskId, role, budget, ordinal],
  );
  return rows.length > 0;
}

/** Totals come as texts: the driver reads no bigint as a number. */
function limitPassed(totals: Record<SpendLimitName, string>, limits: DailyLimits): SpendLimitName | null {
  for (const name of ['calls', 'tokens', 'microUsd'] as const) {
    const limit = limits[name];
    if (limit !== null && Number(totals[name]) > limit) return name;
  }
  return null;
}
