import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What an owner's external calls of one UTC day took; what is under way or never ended counts at its upper bound. */
export interface DailySpend {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly calls: number;
  readonly tokens: number;
  readonly microUsd: number;
  /** False where a call of the day went to a model without a known price, which counts as no money. */
  readonly priceKnown: boolean;
}

const SINCE = `
  SELECT to_char(day, 'YYYY-MM-DD') AS day, calls, tokens, micro_usd, unpriced_calls
  FROM daily_spend WHERE owner_id = $1 AND day >= $2 ORDER BY daily_spend.day DESC`;

type Row = Readonly<Record<'day' | 'calls' | 'tokens' | 'micro_usd' | 'unpriced_calls', string>>;

/** Reads what was counted; the ledger writes it. */
@Injectable()
export class SpendRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The owner's days with calls from `firstDay` on, newest first. */
  async listSince(ownerId: string, firstDay: string): Promise<DailySpend[]> {
    const rows = await this.dataSource.query<Row[]>(SINCE, [ownerId, firstDay]);
    return rows.map((row) => ({
      day: row.day,
      calls: Number(row.calls),
      tokens: Number(row.tokens),
      microUsd: Number(row.micro_usd),
      priceKnown: Number(row.unpriced_calls) === 0,
    }));
  }
}
