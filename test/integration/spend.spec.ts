import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { migrate } from '../../src/database/migrate.js';
import { PostgresBudgetLedger, SpendLimits } from '../../src/governance/index.js';
import { SpendRepository } from '../../src/governance/spend.repository.js';
import { SystemClock, SystemIds } from '../../src/shared/index.js';
import { createDatabase } from '../support/database.js';

const ids = new SystemIds();
const limits = new SpendLimits({
  defaults: { callsPerDay: 10, tokensPerDay: null, usdPerDay: null },
  owners: {},
});
let url: string;
let drop: () => Promise<void>;
const opened: DataSource[] = [];

/** A replica of the application, with connections of its own. */
async function replica(poolSize: number) {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    migrations,
    poolSize,
    connectTimeoutMS: 10_000,
  });
  opened.push(await dataSource.initialize());
  await migrate(dataSource);
  return {
    dataSource,
    ledger: new PostgresBudgetLedger(dataSource, ids, new SystemClock(), limits),
    spend: new SpendRepository(dataSource),
  };
}

const reservation = (ownerId: string) =>
  ({
    taskId: ids.next(),
    ownerId,
    role: 'drafter',
    budget: 'external_call',
    ordinal: 1,
    provider: 'openai',
    model: 'some',
    upperBound: { inputTokens: 80, outputTokens: 20, microUsd: 3 },
  }) as const;

beforeAll(async () => {
  ({ url, drop } = await createDatabase(process.env.TEST_DATABASE_URL!));
});

afterAll(async () => {
  await Promise.all(opened.map((dataSource) => dataSource.destroy()));
  await drop();
});

it('holds a limit over replicas, whatever their pools, while calls end at the same time', async () => {
  const replicas = [await replica(1), await replica(4), await replica(4)];
  const owner = ids.next();
  const results = await Promise.allSettled(
    Array.from({ length: 60 }, async (_, at) => {
      const { ledger } = replicas[at % replicas.length]!;
      const id = await ledger.reserve(reservation(owner));
      await ledger.settle(id, {
        outcome: 'succeeded',
        cost: { inputTokens: 7, outputTokens: 3, microUsd: 1 },
      });
    }),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  for (const result of results)
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ code: 'governance.spend_limit', details: { limit: 'calls' } });
  const [day] = await replicas[0]!.spend.listSince(owner, '2000-01-01');
  expect(day).toMatchObject({ calls: 10, tokens: 100, microUsd: 10, priceKnown: true });
});

it('settles once, though two begin before either ends', async () => {
  const owner = ids.next();
  const [locker, { ledger, spend }] = [await replica(2), await replica(2)];
  const id = await ledger.reserve(reservation(owner));
  const settle = () =>
    ledger.settle(id, { outcome: 'succeeded', cost: { inputTokens: 50, outputTokens: 0, microUsd: 1 } });
  const both = await locker.dataSource.transaction(async (manager) => {
    await manager.query('SELECT 1 FROM budget_reservations WHERE id = $1 FOR UPDATE', [id]);
    const settling = Promise.allSettled([settle(), settle()]);
    for (let waiting = 0; waiting < 2; await sleep(20)) {
      const [row] = await locker.dataSource.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      waiting = row!.count;
    }
    return { settling };
  });
  const results = await both.settling;
  expect(results.find(({ status }) => status === 'fulfilled')).toBeDefined();
  const refused = results.find((result) => result.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'governance.reservation_closed' });
  const [day] = await spend.listSince(owner, '2000-01-01');
  expect(day).toMatchObject({ calls: 1, tokens: 50, microUsd: 1 });
});

it('still counts what a process reserved before it died', async () => {
  const owner = ids.next();
  const dying = await replica(1);
  await dying.ledger.reserve(reservation(owner));
  opened.splice(opened.indexOf(dying.dataSource), 1);
  await dying.dataSource.destroy();
  const [day] = await (await replica(1)).spend.listSince(owner, '2000-01-01');
  expect(day).toMatchObject({ calls: 1, tokens: 100, microUsd: 3 });
});

it('lists the newest day first and none before the first one asked for', async () => {
  const { dataSource, spend } = await replica(1);
  const owner = ids.next();
  for (const day of ['2026-10-23', '2026-11-22', '2026-10-24'])
    await dataSource.query(`INSERT INTO daily_spend VALUES ($1, $2, 1, 2, 3, 0)`, [owner, day]);
  const days = await spend.listSince(owner, '2026-10-24');
  expect(days.map(({ day }) => day)).toEqual(['2026-11-22', '2026-10-24']);
});
