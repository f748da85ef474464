import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signingSecret } from './signing-secret.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mcg-secret-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function config(secretKey: string | null) {
  const noKeys = { publicKeyFile: null, jwksFile: null, issuer: null, audience: null };
  return { ...noKeys, secretKey, dataDirectory: join(root, 'data') };
}

describe('signingSecret', () => {
  it('is the one that is set, and then touches no folder', () => {
    expect(signingSecret(config('given'))).toEqual({ value: 'given', createdAt: null });
    expect(() => statSync(join(root, 'data'))).toThrow(/ENOENT/);
  });

  it('is made once, for this user alone, and used again', () => {
    const made = signingSecret(config(null));
    const path = join(root, 'data', 'jwt-secret');
    expect(made.createdAt).toBe(path);
    expect(Buffer.from(made.value, 'base64')).toHaveLength(48);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'data')).mode & 0o777).toBe(0o700);
    expect(signingSecret(config(null))).toEqual({ value: made.value, createdAt: null });
  });

  it('differs from folder to folder', () => {
    const first = signingSecret(config(null)).value;
    rmSync(join(root, 'data'), { recursive: true });
    expect(signingSecret(config(null)).value).not.toBe(first);
  });

  it('is refused when its file was cut short', () => {
    const path = signingSecret(config(null)).createdAt!;
    for (const text of ['', '\n', readFileSync(path, 'utf8').slice(0, 31)]) {
      writeFileSync(path, text);
      expect(() => signingSecret(config(null))).toThrow(
        expect.objectContaining({ code: 'auth.secret_unusable' }),
      );
    }
  });
});
