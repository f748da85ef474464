import { AuditLog } from '../../src/audit/index.js';
import { OwnerPolicy } from '../../src/auth/index.js';
import { type Actor, SystemClock } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

const ALICE: Actor = { userId: 'alice', scopes: ['query', 'corpora:read'] };
const ADMIN: Actor = { userId: 'root', scopes: ['admin'] };

let database: TestDatabase;
let audit: AuditLog;
let policy: OwnerPolicy;

beforeAll(async () => {
  database = await openTestDatabase();
  const log = new Log({ logLevel: 'silent', environment: 'test' }, { write: () => {} });
  audit = new AuditLog(database.dataSource, new SystemClock(), log);
  policy = new OwnerPolicy(audit);
});

afterAll(() => database?.close());

async function trail(): Promise<unknown[]> {
  await audit.flush();
  return database.dataSource.query('SELECT actor, action, resource, outcome FROM audit_events ORDER BY id');
}

describe('OwnerPolicy', () => {
  it('gives everyone their own rows, without a trace', async () => {
    expect(await policy.resolve(ALICE)).toBe('alice');
    expect(await policy.resolve(ALICE, 'alice')).toBe('alice');
    expect(await policy.resolve(ADMIN)).toBe('root');
    expect(await trail()).toEqual([]);
  });

  it("refuses another's rows and writes it down", async () => {
    await expect(policy.resolve(ALICE, 'bob')).rejects.toMatchObject({
      code: 'auth.foreign_owner',
      kind: 'forbidden',
    });
    expect(await trail()).toEqual([
      { actor: 'alice', action: 'owner.act_for', resource: 'bob', outcome: 'denied' },
    ]);
  });

  it('lets an admin in who names the owner, never silently', async () => {
    expect(await policy.resolve(ADMIN, 'bob')).toBe('bob');
    expect((await trail()).at(-1)).toEqual({
      actor: 'root',
      action: 'owner.act_for',
      resource: 'bob',
      outcome: 'allowed',
    });
  });
});
