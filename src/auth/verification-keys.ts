import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type CryptoKey, createLocalJWKSet, type JWSHeaderParameters } from 'jose';
import type { AuthConfig } from '../config/index.js';
import { AppError } from '../shared/index.js';
import { signingSecret } from './signing-secret.js';

type KeyFinder = (header: JWSHeaderParameters) => Promise<KeyObject | CryptoKey>;

/** The algorithms that are accepted, and where their keys come from. */
export interface VerificationKeys {
  readonly algorithms: readonly string[];
  readonly find: KeyFinder;
  /** File the HS256 secret was just made in, if it was. */
  readonly secretCreatedAt: string | null;
}

/** Reads the configured keys. With a public key or a key set, HS256 is off: a public key must never act as a secret. */
export function verificationKeys(config: AuthConfig): VerificationKeys {
  if (config.jwksFile !== null) return fromKeySet(config.jwksFile);
  if (config.publicKeyFile !== null) return fromPublicKey(config.publicKeyFile);
  const secret = signingSecret(config);
  const key = createSecretKey(Buffer.from(secret.value, 'utf8'));
  return { algorithms: ['HS256'], find: async () => key, secretCreatedAt: secret.createdAt };
}

function fromPublicKey(path: string): VerificationKeys {
  const key = readKey(path, (text) => createPublicKey(text));
  const algorithms = key.asymmetricKeyType === 'rsa' ? ['RS256'] : ['ES256'];
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw unusable('JWT_PUBLIC_KEY_FILE', path, 'it is neither an RSA nor a P-256 key');
  return { algorithms, find: async () => key, secretCreatedAt: null };
}

function fromKeySet(path: string): VerificationKeys {
  const keySet = readKey(path, (text) => createLocalJWKSet(JSON.parse(text)));
  return { algorithms: ['RS256', 'ES256'], find: (header) => keySet(header), secretCreatedAt: null };
}

function readKey<T>(path: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unusable('JWT_PUBLIC_KEY_FILE or JWT_JWKS_FILE', path, (error as Error).message);
  }
}

function unusable(variable: string, path: string, reason: string): AppError {
  return new AppError('auth.key_unusable', 'internal', `The key file ${path} cannot be used: ${reason}`, {
    hint: `Point ${variable} to a readable PEM public key (RSA, or EC P-256) or a JSON Web Key Set.`,
  });
}
