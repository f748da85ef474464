import { DataSource } from 'typeorm';
import { BudgetLedger } from '../../src/governance/index.js';
import { SystemIds } from '../../src/shared/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, TestClient } from '../support/http.js';

const ids = new SystemIds();
let test: TestApp;
let mara: TestClient;

/** A call of an owner, reserved at 1,000 tokens and settled at 90. */
async function call(ownerId: string, microUsd: number | null): Promise<void> {
  const ledger = test.app.get(BudgetLedger, { strict: false });
  const id = await ledger.reserve({
    taskId: ids.next(),
    ownerId,
    role: 'drafter',
    budget: 'external_call',
    ordinal: 1,
    provider: 'openai',
    model: 'some',
    upperBound: { inputTokens: 600, outputTokens: 400, microUsd },
  });
  await ledger.settle(id, { outcome: 'succeeded', cost: { inputTokens: 70, outputTokens: 20, microUsd } });
}

const today = () => new Date().toISOString().slice(0, 10);
const midnight = () => new Date(Date.parse(today()) + 86_400_000).toISOString();

beforeAll(async () => {
  test = await startTestApp();
  mara = new TestClient(test, await test.authorize('mara', 'query'));
});

afterAll(() => test.close());

describe('GET /usage', () => {
  it('shows an owner without calls the limits and nothing spent', async () => {
    const day = today();
    const response = await new TestClient(test, await test.authorize('new', 'query')).get('/usage');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      owner: 'new',
      today: { day, calls: 0, tokens: 0, cost_micro_usd: 0, price_known: true },
      limits: { calls: 2_000, tokens: 5_000_000, cost_micro_usd: 20_000_000 },
      resets_at: midnight(),
      days: [],
    });
  });

  it('shows what was counted, whether all of it had a price, and nothing of other owners', async () => {
    await call('mara', 33);
    await call('mara', null);
    await call('zoe', 5);
    const day = today();
    const spent = { day, calls: 2, tokens: 180, cost_micro_usd: 33, price_known: false };
    expect((await mara.get('/usage')).json()).toMatchObject({ owner: 'mara', today: spent, days: [spent] });
  });

  it('goes back thirty days, today included', async () => {
    const daysAgo = (days: number) =>
      new Date(Date.parse(today()) - days * 86_400_000).toISOString().slice(0, 10);
    const database = test.app.get(DataSource, { strict: false });
    for (const days of [30, 29, 3])
      await database.query(`INSERT INTO daily_spend VALUES ('past', $1, 1, 2, 3, 0)`, [daysAgo(days)]);
    const past = new TestClient(test, await test.authorize('past', 'query'));
    const usage = (await past.get('/usage')).json<{ days: { day: string }[] }>();
    expect(usage).toMatchObject({ today: { day: today(), calls: 0 } });
    expect(usage.days.map(({ day }) => day)).toEqual([daysAgo(3), daysAgo(29)]);
  });

  it('opens another owner to admins only', async () => {
    await call('otto', 5);
    expectProblem(await mara.get('/usage?owner=otto'), 403, 'auth.foreign_owner');
    const admin = new TestClient(test, await test.authorize('root', 'admin'));
    expect((await admin.get('/usage?owner=otto')).json()).toMatchObject({
      owner: 'otto',
      today: { calls: 1, tokens: 90, cost_micro_usd: 5 },
    });
    const auditor = new TestClient(test, await test.authorize('rita', 'review'));
    expectProblem(await auditor.get('/usage'), 403, 'auth.scope_missing');
  });

  it.each(['owner=', `owner=${'x'.repeat(201)}`, 'owner=a&owner=b', 'day=2026-11-22', 'owner=a%00'])(
    'refuses ?%s',
    async (query) => {
      expect((await mara.get(`/usage?${query}`)).statusCode).toBe(400);
    },
  );
});
