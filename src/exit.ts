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
  unavailable: 69,
  internal: 70,
  notAllowed: 77,
  configuration: 78,
} as const;

const BY_KIND: Partial<Record<ErrorKind, number>> = {
  invalid: EXIT.usage,
  unauthenticated: EXIT.notAllowed,
  forbidden: EXIT.notAllowed,
  unavailable: EXIT.unavailable,
  timeout: EXIT.unavailable,
  internal: EXIT.internal,
};

/** Says on standard error what is wrong and what to do, and ends the process with a code that tells why. */
export function endWith(error: unknown): never {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(exitCodeOf(error));
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) return EXIT.configuration;
  if (!(error instanceof AppError)) return EXIT.internal;
  if (error.code === 'governance.held') return EXIT.held;
  return BY_KIND[error.kind] ?? EXIT.failed;
}

export function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof AppError))
    return `Unexpected error: ${error instanceof Error ? error.stack : String(error)}`;
  const lines = [`error: ${error.message} [${error.code}]`];
  if (error.hint) lines.push(`what to do: ${error.hint}`);
  if (error.taskId) lines.push(`task_id: ${error.taskId}`);
  return lines.join('\n');
}
