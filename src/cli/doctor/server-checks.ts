import { z } from 'zod';
import { mintToken } from '../../auth/index.js';
import { packageInfo, type Settings } from '../../config/index.js';
import { DataFolderLock } from '../../database/index.js';
import { type Clock, SCOPES, SystemClock } from '../../shared/index.js';
import { type Finding, fail, ok, warn } from './check.js';
import { skewOf, TOLERATED_SKEW_SECONDS } from './service-checks.js';

const LIMIT_MS = 5_000;
/** A server's `Date` header counts whole seconds. */
const HEADER_SECONDS = 1;

/** The server that commands speak to, and the token they send. */
export interface NamedServer {
  readonly url: string;
  readonly token: string | null;
}

/** The server of MCG_API_URL, or the one that holds the data folder; null where commands work without one. */
export async function namedServer({ client, database, auth }: Settings): Promise<NamedServer | null> {
  if (client.apiUrl !== null) return { url: client.apiUrl, token: client.token };
  const url = database.url === null ? DataFolderLock.holderOf(database.dataDirectory)?.url : null;
  if (!url) return null;
  // Its secret is there already: nothing is made by looking.
  const request = { userId: client.userId, scopes: SCOPES, minutes: 1 };
  return { url, token: client.token ?? (await mintToken(auth, new SystemClock(), request)) };
}

/** Whether it is there, ready, of this version, and of the same time. */
export async function serverCheck(settings: Settings, clock: Clock = new SystemClock()): Promise<Finding> {
  const server = await namedServer(settings);
  if (server === null) return ok('none is needed; commands work inside their own process');
  const { url } = server;
  const ready = await get(`${url}/health/ready`).catch((error: unknown) => error as Error);
  if (ready instanceof Error)
    return fail(
      `${url} cannot be reached (${causeOf(ready)})`,
      'Check MCG_API_URL, or unset it to work without a server.',
    );
  const skew = skewOf(ready.headers.get('date') ?? clock.now().toUTCString(), clock);
  const version = await versionOf(url);
  if (version === null) return fail(`${url} is no MCG Agent`, 'Check MCG_API_URL.');
  const own = packageInfo().version;
  if (!ready.ok)
    return fail(`${url} answers ${ready.status}: not ready`, `curl -sS ${url}/health says what is missing.`);
  if (version !== own)
    return warn(`${url} is version ${version}, this is ${own}`, 'Use the same version on both sides.');
  if (skew > TOLERATED_SKEW_SECONDS + HEADER_SECONDS)
    return warn(
      `${url}: its clock is ${Math.round(skew)} s off`,
      'Set the clocks of both by NTP; tokens may be refused.',
    );
  return ok(`${url}: ready, version ${version}`);
}

const claimsSchema = z.object({ sub: z.string(), scope: z.string().default(''), exp: z.number() });

/** Whether the token is taken, whom it speaks for, what it may do, and until when. */
export async function tokenCheck(settings: Settings, clock: Clock = new SystemClock()): Promise<Finding> {
  const server = await namedServer(settings);
  if (server === null) return ok('none is needed');
  if (server.token === null)
    return fail('MCG_TOKEN is not set', 'Set it to a token of that server (or token_file in the profile).');
  const claims = claimsOf(server.token);
  if (claims === null)
    return fail('MCG_TOKEN is no token', 'Get one from: mcg-agent mint-token --user-id ID');
  const until = new Date(claims.exp * 1_000);
  if (until <= clock.now())
    return fail(`it expired at ${until.toISOString()}`, 'Get a new one from: mcg-agent mint-token --help');
  const answer = await get(`${server.url}/corpora?limit=1`, server.token);
  const says = `for ${claims.sub}, may ${claims.scope.split(' ').join(', ') || 'nothing'}, until ${until.toISOString().slice(0, 16)}Z`;
  if (answer.status === 401)
    return fail(
      `${server.url} refuses it (${says})`,
      'It was signed by another secret; get one from that server.',
    );
  return claims.scope.split(' ').includes('query')
    ? ok(says)
    : warn(says, 'It cannot ask: mint one with --scope query,corpora:read,corpora:write');
}

function claimsOf(token: string): z.infer<typeof claimsSchema> | null {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return claimsSchema.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}

async function versionOf(url: string): Promise<string | null> {
  try {
    const description = (await (await get(`${url}/openapi.json`)).json()) as {
      info?: { title?: string; version?: string };
    };
    return description.info?.title === 'MCG Agent' ? (description.info.version ?? null) : null;
  } catch {
    return null;
  }
}

function get(url: string, token: string | null = null): Promise<Response> {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  return fetch(url, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
}

function causeOf(error: Error): string {
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
