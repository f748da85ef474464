import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url, exportJWK, type JWTPayload, SignJWT } from 'jose';
import type { AuthConfig } from '../config/index.js';
import { type AppError, Clock } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { mintToken, TokenService } from './token.service.js';

const NOW_SECONDS = 1_800_000_000;
const SECRET = 'a secret of more than thirty-two bytes';
const HS_KEY = Buffer.from(SECRET, 'utf8');
const CLAIMS = { sub: 'alice', scope: 'query review', exp: NOW_SECONDS + 60 };
const LOCAL: AuthConfig = {
  secretKey: SECRET,
  publicKeyFile: null,
  jwksFile: null,
  issuer: null,
  audience: null,
  dataDirectory: 'unused',
};

class FixedClock extends Clock {
  now(): Date {
    return new Date(NOW_SECONDS * 1_000);
  }

  elapsedMs(): number {
    return 0;
  }
}

const clock = new FixedClock();
const log = new Log({ logLevel: 'silent', environment: 'test' }, { write: () => {} });
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcg-auth-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function service(config: Partial<AuthConfig> = {}): TokenService {
  return new TokenService({ ...LOCAL, ...config }, clock, log);
}

function sign(
  claims: JWTPayload,
  key: KeyObject | Uint8Array = HS_KEY,
  alg = 'HS256',
  kid?: string,
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, ...(kid ? { kid } : {}) }).sign(key);
}

/** The code with which a token is refused; the actor's name where it is not. */
async function refusal(token: string, config: Partial<AuthConfig> = {}): Promise<string> {
  return service(config)
    .verify(token)
    .then(
      (actor) => `accepted ${actor.userId}`,
      (error: AppError) => `${error.kind} ${error.code}`,
    );
}

const INVALID = 'unauthenticated auth.token_invalid';

function pemFile(name: string, key: KeyObject): string {
  const path = join(folder, name);
  writeFileSync(path, key.export({ type: 'spki', format: 'pem' }));
  return path;
}

describe('a token signed with the secret', () => {
  it('speaks for its subject with its scopes', async () => {
    expect(await service().verify(await sign(CLAIMS))).toEqual({
      userId: 'alice',
      scopes: ['query', 'review'],
    });
  });

  it.each([
    ['unknown ones', 'query superuser Admin', ['query']],
    ['the same one twice', 'query query', ['query']],
    ['a list', ['admin'], []],
    ['none', undefined, []],
  ])('gets only scopes that exist: %s', async (_what, scope, scopes) => {
    expect((await service().verify(await sign({ ...CLAIMS, scope }))).scopes).toEqual(scopes);
  });

  it('is refused once it has expired, some seconds of a slow clock aside', async () => {
    expect(await refusal(await sign({ ...CLAIMS, exp: NOW_SECONDS - 4 }))).toBe('accepted alice');
    expect(await refusal(await sign({ ...CLAIMS, exp: NOW_SECONDS - 6 }))).toBe(
      'unauthenticated auth.token_expired',
    );
  });

  it.each([
    ['no end', { exp: undefined }],
    ['an end that is no time', { exp: 'tomorrow' as unknown as number }],
    ['a start to come', { nbf: NOW_SECONDS + 60 }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: ' ' }],
    ['a subject with a line break', { sub: 'alice\nadmin' }],
    ['a subject with NUL', { sub: 'alice\u0000' }],
    ['a subject with half a character', { sub: 'alice\ud800' }],
    ['a subject of many characters', { sub: 'a'.repeat(201) }],
    ['a subject that is a number', { sub: 7 as unknown as string }],
  ])('is refused with %s', async (_what, claims) => {
    expect(await refusal(await sign({ ...CLAIMS, ...claims }))).toBe(INVALID);
  });

  it('is refused when its words were changed after it was signed', async () => {
    const [header, , signature] = (await sign(CLAIMS)).split('.');
    const payload = base64url.encode(JSON.stringify({ ...CLAIMS, sub: 'bob', scope: 'admin' }));
    expect(await refusal(`${header}.${payload}.${signature}`)).toBe(INVALID);
  });

  it('is refused when it is not signed', async () => {
    const parts = (alg: string) =>
      [{ alg }, CLAIMS].map((part) => base64url.encode(JSON.stringify(part))).join('.');
    for (const alg of ['none', 'None', 'HS256']) expect(await refusal(`${parts(alg)}.`)).toBe(INVALID);
  });

  it('is refused when signed with another key or another algorithm', async () => {
    expect(await refusal(await sign(CLAIMS, Buffer.alloc(48, 1)))).toBe(INVALID);
    expect(
      await refusal(await sign(CLAIMS, Buffer.alloc(64, 'k'), 'HS512'), { secretKey: 'k'.repeat(64) }),
    ).toBe(INVALID);
  });

  it.each(['', 'x', 'a.b.c', '..', `${'a'.repeat(10_000)}.b.c`])(
    'is refused when it is none: %#',
    async (token) => {
      expect(await refusal(token)).toBe(INVALID);
    },
  );

  it('must name the issuer and the audience that are set', async () => {
    const config = { issuer: 'https://login.example.org', audience: 'mcg-agent' };
    const right = { ...CLAIMS, iss: config.issuer, aud: config.audience };
    expect(await refusal(await sign(right), config)).toBe('accepted alice');
    expect(await refusal(await sign({ ...right, aud: ['other', 'mcg-agent'] }), config)).toBe(
      'accepted alice',
    );
    for (const wrong of [
      { iss: undefined },
      { iss: 'https://evil.example.org' },
      { aud: undefined },
      { aud: 'other' },
    ])
      expect(await refusal(await sign({ ...right, ...wrong }), config)).toBe(INVALID);
  });

  it('is refused without a word of the token or the key in the error', async () => {
    const token = await sign({ ...CLAIMS, exp: undefined });
    const error = await service()
      .verify(token)
      .catch((thrown: AppError) => thrown);
    expect(
      JSON.stringify({ ...error, message: (error as AppError).message, cause: undefined }),
    ).not.toContain(SECRET);
    expect((error as AppError).message).toBe('The token is not valid (claim exp).');
    expect((error as AppError).hint).toContain('mint-token');
  });
});

describe('with a public key', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  it('RS256 and ES256 tokens of its private key are accepted', async () => {
    const rsaFile = { publicKeyFile: pemFile('rsa.pem', rsa.publicKey) };
    const ecFile = { publicKeyFile: pemFile('ec.pem', ec.publicKey) };
    expect(await refusal(await sign(CLAIMS, rsa.privateKey, 'RS256'), rsaFile)).toBe('accepted alice');
    expect(await refusal(await sign(CLAIMS, ec.privateKey, 'ES256'), ecFile)).toBe('accepted alice');
    expect(await refusal(await sign(CLAIMS, ec.privateKey, 'ES256'), rsaFile)).toBe(INVALID);
    expect(await refusal(await sign(CLAIMS, rsa.privateKey, 'PS256'), rsaFile)).toBe(INVALID);
  });

  it('HS256 is off, with the secret and with the public key taken for one', async () => {
    const config = { publicKeyFile: pemFile('rsa.pem', rsa.publicKey) };
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(await refusal(await sign(CLAIMS), config)).toBe(INVALID);
    expect(await refusal(await sign(CLAIMS, Buffer.from(pem)), config)).toBe(INVALID);
    expect(await refusal(await sign(CLAIMS, Buffer.from(pem.trim())), config)).toBe(INVALID);
  });

  it('a key set finds the key by its id, and HS256 is off as well', async () => {
    const jwksFile = join(folder, 'jwks.json');
    const keys = [
      { ...(await exportJWK(rsa.publicKey)), kid: 'one', alg: 'RS256' },
      { ...(await exportJWK(ec.publicKey)), kid: 'two', alg: 'ES256' },
      { kty: 'oct', kid: 'three', k: base64url.encode(SECRET) },
    ];
    writeFileSync(jwksFile, JSON.stringify({ keys }));
    expect(await refusal(await sign(CLAIMS, rsa.privateKey, 'RS256', 'one'), { jwksFile })).toBe(
      'accepted alice',
    );
    expect(await refusal(await sign(CLAIMS, ec.privateKey, 'ES256', 'two'), { jwksFile })).toBe(
      'accepted alice',
    );
    expect(await refusal(await sign(CLAIMS, rsa.privateKey, 'RS256', 'unknown'), { jwksFile })).toBe(INVALID);
    expect(await refusal(await sign(CLAIMS, HS_KEY, 'HS256', 'three'), { jwksFile })).toBe(INVALID);
  });

  it.each([
    ['publicKeyFile', 'missing.pem', null],
    ['publicKeyFile', 'broken.pem', 'no key'],
    ['jwksFile', 'broken.json', '{'],
  ] as const)('a %s that cannot be read stops the start: %s', (setting, name, text) => {
    const path = join(folder, name);
    if (text !== null) writeFileSync(path, text);
    expect(() => service({ [setting]: path })).toThrow(
      expect.objectContaining({ code: 'auth.key_unusable' }),
    );
  });

  it('a key of another curve stops the start', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey;
    expect(() => service({ publicKeyFile: pemFile('p384.pem', other) })).toThrow(
      /neither an RSA nor a P-256/,
    );
  });
});

describe('mintToken', () => {
  const request = { userId: 'alice', scopes: ['query', 'admin'], minutes: 1.5 } as const;

  it('makes a token that this server accepts for as long as was asked', async () => {
    const config = { ...LOCAL, issuer: 'https://login.example.org', audience: 'mcg-agent' };
    const token = await mintToken(config, clock, request);
    expect(await service(config).verify(token)).toEqual({ userId: 'alice', scopes: ['query', 'admin'] });
    const payload = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
    expect(payload).toMatchObject({ iat: NOW_SECONDS, exp: NOW_SECONDS + 90, scope: 'query admin' });
  });

  it('refuses where a public key decides', async () => {
    for (const setting of ['publicKeyFile', 'jwksFile'] as const)
      await expect(mintToken({ ...LOCAL, [setting]: 'x' }, clock, request)).rejects.toMatchObject({
        code: 'auth.cannot_mint',
      });
  });
});
