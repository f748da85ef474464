import { ConfigError } from './config/index.js';
import { AppError, type ErrorKind } from './shared/index.js';

/** Exit codes for scripts; those above 64 follow sysexits.h. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** The corpora hold nothing that answers. */
  insufficientContext: 3,
  /** Held for a person's review. */
  held: 4,
  /** Some records of an import could not be read. */
  someUnreadable: 5,
  /** A text holds what `qa --fail-on` names. */
  found: 6,
  /** An import came to its end and found nothing to store. */
  nothingImported: 7,
  unavailable: 69,
  internal: 70,
  notAllowed: 77,
  configuration: 78,
  /** Stopped with Ctrl-C. */
  interrupted: 130,
} as const;

const BY_KIND: Partial<Record<ErrorKind, number>> = {
  invalid: EXIT.usage,
  unauthenticated: EXIT.notAllowed,
  forbidden: EXIT.notAllowed,
  unavailable: EXIT.unavailable,
  timeout: EXIT.unavailable,
  bad_gateway: EXIT.unavailable,
  rate_limited: EXIT.unavailable,
  internal: EXIT.internal,
};

/** Faults of what the configuration points to. */
const CONFIGURATION_CODES = [
  'provider.engine_missing',
  'provider.model_unusable',
  'provider.prices_invalid',
  'governance.policy_invalid',
  'config.profile_invalid',
  'config.profile_unknown',
];

/** Says on standard error what is wrong and what to do, and ends the process with a code that tells why. */
export function endWith(error: unknown): never {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(exitCodeOf(error));
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) return EXIT.configuration;
  if (!(error instanceof AppError)) return EXIT.internal;
  if (error.code === 'governance.held') return EXIT.held;
  if (error.code === 'cli.interrupted') return EXIT.interrupted;
  if (CONFIGURATION_CODES.includes(error.code)) return EXIT.configuration;
  return BY_KIND[error.kind] ?? EXIT.failed;
}

/** Facts of a problem that tell a person more than its words do. */
const SHOWN_DETAILS = ['held_by', 'policies', 'reasons', 'resets_at', 'request_id'];

/** A fault in lines for a person; `advice` says what to do about it, and is the error's own hint unless another is given. */
export function explain(error: unknown, advice?: string): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof AppError))
    return `Unexpected error: ${error instanceof Error ? error.stack : String(error)}`;
  const lines = [`error: ${error.message} [${error.code}]`];
  const hint = advice ?? error.hint;
  if (hint) lines.push(`what to do: ${hint}`);
  for (const name of SHOWN_DETAILS) {
    const value = error.details?.[name];
    if (value !== undefined)
      lines.push(`${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`);
  }
  if (error.taskId) lines.push(`task_id: ${error.taskId}`);
  return lines.join('\n');
}
