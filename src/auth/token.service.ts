import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { AuthConfig } from '../config/index.js';
import { type Actor, AppError, Clock, SCOPES, type Scope } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { signingSecret } from './signing-secret.js';
import { type VerificationKeys, verificationKeys } from './verification-keys.js';
import { VerifiedTokens } from './verified-tokens.js';

const CLOCK_TOLERANCE_SECONDS = 5;
const MAX_USER_ID_CHARS = 200;

/** Turns a token into the actor it speaks for. */
@Injectable()
export class TokenService {
  private readonly keys: VerificationKeys;
  private readonly verified = new VerifiedTokens();

  constructor(
    private readonly config: AuthConfig,
    private readonly clock: Clock,
    log: Log,
  ) {
    this.keys = verificationKeys(config);
    if (this.keys.secretCreatedAt)
      log.warn('auth.development_secret_created', { file: this.keys.secretCreatedAt });
  }

  /** Throws `auth.token_expired` or `auth.token_invalid`; `exp` and `sub` are required and the algorithm is pinned. */
  async verify(token: string): Promise<Actor> {
    const now = this.clock.now();
    const known = this.verified.find(token, now.getTime());
    if (known) return known;
    try {
      const { payload } = await jwtVerify(token, this.keys.find, {
        algorithms: [...this.keys.algorithms],
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: now,
        ...(this.config.issuer ? { issuer: this.config.issuer } : {}),
        ...(this.config.audience ? { audience: this.config.audience } : {}),
      });
      const actor = actorOf(payload.sub, payload['scope']);
      this.verified.keep(token, actor, now.getTime(), (payload.exp ?? 0) * 1_000);
      return actor;
    } catch (error) {
      throw refusal(error);
    }
  }
}

export interface MintRequest {
  readonly userId: string;
  readonly scopes: readonly Scope[];
  readonly minutes: number;
}

/** Signs a token with the HS256 secret. Throws `auth.cannot_mint` where verification is by public key. */
export async function mintToken(config: AuthConfig, clock: Clock, request: MintRequest): Promise<string> {
  if (config.publicKeyFile !== null || config.jwksFile !== null)
    throw new AppError(
      'auth.cannot_mint',
      'conflict',
      'Tokens are verified by a public key, so none can be made here.',
      {
        hint: 'Get a token from the issuer that holds the private key.',
      },
    );
  const issuedAt = Math.floor(clock.now().getTime() / 1_000);
  const jwt = new SignJWT({ scope: request.scopes.join(' ') })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(request.userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + Math.round(request.minutes * 60));
  if (config.issuer) jwt.setIssuer(config.issuer);
  if (config.audience) jwt.setAudience(config.audience);
  return jwt.sign(createSecretKey(Buffer.from(signingSecret(config).value, 'utf8')));
}

function actorOf(subject: unknown, scope: unknown): Actor {
  if (
    typeof subject !== 'string' ||
    subject.trim() === '' ||
    subject.length > MAX_USER_ID_CHARS ||
    hasControl(subject)
  )
    throw new AppError('auth.token_invalid', 'unauthenticated', 'The token names no usable user in `sub`.', {
      hint: `Use a token whose \`sub\` has 1 to ${MAX_USER_ID_CHARS} characters, none of them control characters.`,
    });
  const granted = typeof scope === 'string' ? scope.split(' ') : [];
  return { userId: subject, scopes: SCOPES.filter((each) => granted.includes(each)) };
}

function hasControl(text: string): boolean {
  return /[\p{Cc}\p{Cs}]/u.test(text);
}

function refusal(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const hint =
    'Send a current token: Authorization: Bearer <token>. `mcg-agent mint-token --help` makes one.';
  if (error instanceof errors.JWTExpired)
    return new AppError('auth.token_expired', 'unauthenticated', 'The token has expired.', { hint });
  const claim = error instanceof errors.JWTClaimValidationFailed ? ` (claim ${error.claim})` : '';
  return new AppError('auth.token_invalid', 'unauthenticated', `The token is not valid${claim}.`, {
    hint,
    cause: error,
  });
}
