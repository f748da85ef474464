import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../src/audit/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, TestClient } from '../support/http.js';

const SECRET = 'a secret of the tests, long enough to sign with';
const hmacKey = (secret: string) => createSecretKey(Buffer.from(secret, 'utf8'));
const inMinutes = (minutes: number) => Math.floor(Date.now() / 1_000) + minutes * 60;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
let test: TestApp;

interface TokenParts {
  readonly subject?: string;
  readonly expiresAt?: number | null;
  readonly scope?: unknown;
  readonly alg?: string;
  readonly key?: KeyObject;
}

function token(parts: TokenParts = {}): Promise<string> {
  const { expiresAt = inMinutes(5), scope = 'query', alg = 'HS256', key = hmacKey(SECRET) } = parts;
  const jwt = new SignJWT({ scope }).setProtectedHeader({ alg });
  if (parts.subject !== '') jwt.setSubject(parts.subject ?? 'alice');
  if (expiresAt !== null) jwt.setExpirationTime(expiresAt);
  return jwt.sign(key);
}

function send(authorization: string | undefined, method: 'GET' | 'POST' = 'GET', url = '/runs') {
  const headers = authorization === undefined ? {} : { authorization };
  return test.app.inject({ method, url, headers });
}

async function auditTrail(action: string): Promise<Record<string, unknown>[]> {
  await test.app.get(AuditLog).flush();
  return test.app
    .get<DataSource>(DataSource)
    .query(
      'SELECT actor, action, resource, outcome, request_id, details FROM audit_events WHERE action = $1 ORDER BY id',
      [action],
    );
}

beforeAll(async () => {
  test = await startTestApp({ JWT_SECRET_KEY: SECRET });
});

afterAll(() => test.close());

describe('a token that opens nothing', () => {
  const [header, claims] = [
    part({ alg: 'HS256' }),
    part({ sub: 'alice', scope: 'admin', exp: inMinutes(5) }),
  ];

  async function tampered(): Promise<string> {
    const [head, , signature] = (await token()).split('.');
    return `${head}.${claims}.${signature}`;
  }

  it.each([
    ['is expired', () => token({ expiresAt: inMinutes(-1) }), 'auth.token_expired'],
    ['never expires', () => token({ expiresAt: null }), 'auth.token_invalid'],
    ['was changed', tampered, 'auth.token_invalid'],
    ['has no signature', async () => `${header}.${claims}.`, 'auth.token_invalid'],
    ['says alg none', async () => `${part({ alg: 'none' })}.${claims}.`, 'auth.token_invalid'],
    ['says alg None', async () => `${part({ alg: 'None' })}.${claims}.`, 'auth.token_invalid'],
    ['has another key', () => token({ key: hmacKey('x'.repeat(48)) }), 'auth.token_invalid'],
    [
      'has another algorithm',
      () => token({ alg: 'HS512', key: hmacKey(SECRET.repeat(2)) }),
      'auth.token_invalid',
    ],
    ['names nobody', () => token({ subject: '' }), 'auth.token_invalid'],
    ['names a blank', () => token({ subject: '  ' }), 'auth.token_invalid'],
    ['names a control character', () => token({ subject: 'al\u0000ice' }), 'auth.token_invalid'],
    ['is no token', async () => 'hello', 'auth.token_invalid'],
    ['is very long', async () => 'x'.repeat(8_000), 'auth.token_invalid'],
  ])('because it %s', async (_what, make, code) => {
    const value = await make();
    const response = await send(`Bearer ${value}`);
    expectProblem(response, 401, code);
    expect(response.body).not.toContain(value.slice(0, 20));
    expect(response.body).not.toContain(SECRET);
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Token abc'])(
    'because the header is %j',
    async (authorization) => {
      expectProblem(await send(authorization), 401, 'auth.token_missing');
    },
  );

  it('leaves one audit event each, with the request and without the token', async () => {
    const before = (await auditTrail('login.refuse')).length;
    const value = await token({ expiresAt: inMinutes(-1) });
    const response = await send(`Bearer ${value}`, 'POST', '/query');
    const trail = await auditTrail('login.refuse');
    expect(trail).toHaveLength(before + 1);
    expect(trail.at(-1)).toEqual({
      actor: 'unknown',
      action: 'login.refuse',
      resource: 'POST /query',
      outcome: 'denied',
      request_id: response.headers['x-request-id'],
      details: { code: 'auth.token_expired' },
    });
    expect(JSON.stringify(trail)).not.toContain(value.split('.')[2]);
  });

  it('comes before the body is judged', async () => {
    expectProblem(await send('Bearer x', 'POST', '/query'), 401, 'auth.token_invalid');
  });
});

describe('a token without the scope', () => {
  const NEEDS: readonly (readonly ['GET' | 'POST' | 'DELETE', string, string])[] = [
    ['POST', '/query', 'query'],
    ['POST', '/qa/check', 'query'],
    ['GET', '/corpora', 'corpora:read'],
    ['GET', '/corpora/personal/search?q=pear', 'corpora:read'],
    ['GET', '/imports/0198f2c4-0000-7000-8000-000000000000', 'corpora:read'],
    ['POST', '/corpora/personal/import', 'corpora:write'],
    ['DELETE', '/corpora/personal/documents/1', 'corpora:write'],
    ['GET', '/policy', 'audit'],
    ['GET', '/providers', 'admin'],
    ['GET', '/status', 'admin'],
    ['GET', '/pipeline/summary', 'admin'],
    ['POST', '/runs/0198f2c4-0000-7000-8000-000000000000/replay', 'admin'],
    ['POST', '/runs/0198f2c4-0000-7000-8000-000000000000/decision', 'review'],
  ];

  it.each(NEEDS)('is refused by %s %s, which needs %s', async (method, url, scope) => {
    const others = ['query', 'corpora:read', 'corpora:write', 'review', 'admin', 'audit'].filter(
      (each) => each !== scope,
    );
    const headers = { authorization: `Bearer ${await token({ scope: others.join(' ') })}` };
    const response = await test.app.inject({ method, url, headers });
    expect(expectProblem(response, 403, 'auth.scope_missing')['detail']).toContain(scope);
    const trail = await auditTrail('scope.deny');
    expect(trail.at(-1)).toMatchObject({
      actor: 'alice',
      outcome: 'denied',
      request_id: response.headers['x-request-id'],
      details: { required: [scope] },
    });
  });

  it.each(['', 'root', ['query'], 7, null])('grants nothing for the scope %j', async (scope) => {
    const headers = { authorization: `Bearer ${await token({ scope })}` };
    const response = await test.app.inject({ method: 'POST', url: '/query', headers });
    expectProblem(response, 403, 'auth.scope_missing');
  });
});

describe('a server with a public key', () => {
  it('takes tokens of its private key only, and none signed with the public key as a secret', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const file = join(test.dataDirectory, 'jwt.pem');
    writeFileSync(file, pem);
    const keyed = await startTestApp({ JWT_PUBLIC_KEY_FILE: file, JWT_SECRET_KEY: SECRET });
    try {
      const read = async (value: string) =>
        new TestClient(keyed, { authorization: `Bearer ${value}` }).get('/runs');
      expect((await read(await token({ alg: 'ES256', key: privateKey }))).statusCode).toBe(200);
      expectProblem(await read(await token()), 401, 'auth.token_invalid');
      expectProblem(await read(await token({ key: hmacKey(pem) })), 401, 'auth.token_invalid');
      const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      expectProblem(await read(await token({ alg: 'ES256', key: other })), 401, 'auth.token_invalid');
    } finally {
      await keyed.close();
    }
  });
});
