import { ConfigError } from '../../config/index.js';
import { AppError } from '../../shared/index.js';

export type CheckState = 'ok' | 'warn' | 'fail';

/** What a check found, and what to do where that is not well. */
export interface CheckResult {
  readonly name: string;
  readonly state: CheckState;
  readonly says: string;
  readonly next: string | null;
}

export type Finding = Omit<CheckResult, 'name'>;

export function ok(says: string): Finding {
  return { state: 'ok', says, next: null };
}

export function warn(says: string, next: string): Finding {
  return { state: 'warn', says, next };
}

export function fail(says: string, next: string): Finding {
  return { state: 'fail', says, next };
}

/** Longer than any check takes that is going to end. */
const LIMIT_MS = 20_000;

/** Runs a check; whatever it throws is a finding, and what does not end is one too. */
export async function checked(
  name: string,
  check: () => Finding | Promise<Finding>,
  limitMs = LIMIT_MS,
): Promise<CheckResult> {
  const late = Promise.withResolvers<Finding>();
  const timer = setTimeout(
    () =>
      late.resolve(
        fail(`gave no answer within ${limitMs / 1_000} s`, 'Look for what hangs: disk, network, database.'),
      ),
    limitMs,
  );
  try {
    return { name, ...(await Promise.race([Promise.resolve().then(check), late.promise])) };
  } catch (error) {
    return { name, ...findingOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function findingOf(error: unknown): Finding {
  if (error instanceof AppError)
    return fail(`${error.message} [${error.code}]`, error.hint ?? 'Run it again with --verbose.');
  if (error instanceof ConfigError)
    return fail(
      error.problems.map(({ name, problem }) => `${name} ${problem}`).join('; '),
      'Change the variables named; .env.example lists them all.',
    );
  return fail(
    error instanceof Error ? error.message || error.name : String(error),
    'Report it with this line.',
  );
}
