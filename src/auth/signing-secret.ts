import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuthConfig } from '../config/index.js';
import { AppError } from '../shared/index.js';

const SECRET_BYTES = 48;
const MIN_SECRET_BYTES = 32;

/** The HS256 secret in force and whether it was made just now. */
export interface SigningSecret {
  readonly value: string;
  /** The file it was just written to, or null when it was there before. */
  readonly createdAt: string | null;
}

/** JWT_SECRET_KEY, or one made once and kept in the data folder with mode 0600. Throws `auth.secret_unusable`. */
export function signingSecret(config: AuthConfig): SigningSecret {
  if (config.secretKey !== null) return { value: config.secretKey, createdAt: null };
  const path = join(config.dataDirectory, 'jwt-secret');
  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
  const value = randomBytes(SECRET_BYTES).toString('base64');
  try {
    writeFileSync(path, value, { flag: 'wx', mode: 0o600 });
    return { value, createdAt: path };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { value: keptSecret(path), createdAt: null };
  }
}

/** A file cut short by a crash or a full disk would make every token easy to forge. */
function keptSecret(path: string): string {
  const value = readFileSync(path, 'utf8').trim();
  if (Buffer.byteLength(value) >= MIN_SECRET_BYTES) return value;
  throw new AppError('auth.secret_unusable', 'internal', `The secret in ${path} is too short to sign with.`, {
    hint: 'Delete that file and start again: a new secret is made, and old tokens stop working.',
  });
}
