import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../../config/index.js';
import { DataFolderLock, inspectDatabase } from '../../database/index.js';
import { GovernanceService } from '../../governance/index.js';
import { createProviderDirectory } from '../../provider/index.js';
import { Redis } from '../../redis/index.js';
import { type Clock, SystemClock } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { type Finding, fail, ok, warn } from './check.js';

const OLDEST_POSTGRESQL = 15;
/** What a token's times may differ by. */
export const TOLERATED_SKEW_SECONDS = 5;
const REDIS_WAIT_MS = 3_000;

/** The database: there, new enough, its schema of this version, its clock right. */
export async function databaseCheck(
  { database }: Settings,
  clock: Clock = new SystemClock(),
): Promise<Finding> {
  const isEmbedded = database.url === null;
  const holder = isEmbedded ? DataFolderLock.holderOf(database.dataDirectory) : null;
  if (holder) return ok(`embedded, in use by process ${holder.pid}${holder.url ? ` at ${holder.url}` : ''}`);
  const found = await inspectDatabase(database).catch((error: unknown) => error as Error);
  if (found === null) return ok('embedded; made at the first start');
  if (found instanceof Error)
    return isEmbedded
      ? fail(`embedded: ${reasonOf(found)}`, 'Restore the data folder, or name another with MCG_DATA_DIR.')
      : fail(
          `DATABASE_URL: ${reasonOf(found)}`,
          'Check host, port, user, password and name in DATABASE_URL.',
        );
  const name = isEmbedded ? `embedded PostgreSQL ${found.version}` : `PostgreSQL ${found.version}`;
  if (found.majorVersion < OLDEST_POSTGRESQL)
    return fail(`${name}; ${OLDEST_POSTGRESQL} or newer is needed`, 'Use a newer server in DATABASE_URL.');
  if (found.unknownMigrations > 0)
    return fail(`${name}; a newer version of mcg-agent worked on it`, 'Use that version, or a backup.');
  const skew = skewOf(found.now, clock);
  if (skew > TOLERATED_SKEW_SECONDS)
    return warn(`${name}; its clock is ${Math.round(skew)} s off`, 'Set the clocks of both by NTP.');
  if (found.pendingMigrations > 0)
    return ok(`${name}; ${found.pendingMigrations} migrations are run at the next start`);
  return ok(`${name}; its schema is of this version`);
}

/** How far a clock is from this machine's, in seconds. */
export function skewOf(time: string, clock: Clock): number {
  return Math.abs(Date.parse(time) - clock.now().getTime()) / 1_000;
}

/** The policy: parsed, complete and fit for its schema. */
export function policyCheck({ governance }: Settings): Finding {
  const { version, hash } = GovernanceService.open(governance.policyDirectory).policyRef();
  return ok(`${governance.policyDirectory ?? 'built in'}: version ${version}, hash ${hash.slice(0, 12)}`);
}

/** What writes: whether each answers, which buys nothing. */
export async function providerCheck(settings: Settings): Promise<Finding> {
  const dependencies = { clock: new SystemClock(), log: quietLog(settings) };
  const directory = await createProviderDirectory(settings.provider, dependencies);
  try {
    const writers = await directory.probe();
    const says = writers.map(({ use, name, model }) => `${use} ${name} ${model}`).join(', ');
    const ill = writers.find(({ problem }) => problem !== null);
    if (!ill) return ok(`${says}: answer`);
    const problem = `${ill.use} ${ill.name} ${ill.model}: ${ill.problem}`;
    return ill.reachable
      ? fail(problem, 'Check its key and model; mcg-agent providers shows each.')
      : fail(problem, 'Check its address (OPENAI_BASE_URL, MVLM_BASE_URL) and whether it is up.');
  } finally {
    await directory.close();
  }
}

/** Redis, where the settings name one. */
export async function redisCheck(settings: Settings): Promise<Finding> {
  if (settings.redis.url === null) return ok('not used');
  const redis = new Redis(settings.redis, quietLog(settings));
  redis.onModuleInit();
  try {
    const clock = new SystemClock();
    const startMs = clock.elapsedMs();
    while (redis.state() !== 'up' && clock.elapsedMs() - startMs < REDIS_WAIT_MS) await sleep(20);
    if (redis.state() !== 'up')
      return fail(
        'REDIS_URL: nobody answers',
        'Check REDIS_URL, and that Redis is up; runs go on without it.',
      );
    await redis.send(['PING']);
    return ok('answers');
  } finally {
    redis.onApplicationShutdown();
  }
}

/** The report is what is told, not the log. */
function quietLog({ telemetry }: Settings): Log {
  return new Log({ ...telemetry, logLevel: 'silent' });
}

/** Where a name has several addresses, the message is empty and only the code speaks. */
function reasonOf(error: Error): string {
  return error.message || String((error as NodeJS.ErrnoException).code ?? error.name);
}
