import { types } from 'node:util';
import { AppError } from '../shared/index.js';

/** PostgreSQL states and socket errors that say "not now", as opposed to "never like this". */
const TRANSIENT =
  /^(08...|53...|57P0[1-5]|40001|40P01|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/;
/** TypeORM gives a line back as soon as it is lost; a transaction that was on it is told that its query runner is released. */
const TRANSIENT_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection is closed|not queryable|query runner (?:was )?already released/i;
const RETRY_AFTER_SECONDS = 5;

/** The `database.unavailable` error for a lost or exhausted database, or null where the error is another one. */
export function databaseFault(error: unknown): AppError | null {
  for (let each = error; types.isNativeError(each); each = each.cause) {
    const code = String((each as { code?: unknown }).code ?? '');
    const fromDriver =
      'query' in each || 'severity' in each || 'syscall' in each || each.constructor.name === 'Error';
    // A missing file has the same code as a missing Unix socket; only the system call tells them apart.
    const isSocketMissing = code === 'ENOENT' && (each as { syscall?: unknown }).syscall === 'connect';
    if (isSocketMissing || (fromDriver && TRANSIENT.test(code)) || TRANSIENT_MESSAGES.test(each.message))
      return unavailable(each);
    const { errors } = each as { errors?: unknown };
    if (Array.isArray(errors) && errors.some((one) => databaseFault(one))) return unavailable(each);
  }
  return null;
}

function unavailable(cause: unknown): AppError {
  return new AppError('database.unavailable', 'unavailable', 'The database cannot be reached right now.', {
    hint: 'Nothing was lost. Repeat the request after the time in Retry-After.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause,
  });
}
