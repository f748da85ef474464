import { types } from 'node:util';
import { databaseFault } from '../../database/index.js';
import { AppError } from '../../shared/index.js';
import type { ImportFault } from './import-record.js';

const AGAIN = 'Import the same file again: what is stored already is recognised and not stored twice.';
/** Of PostgreSQL: its disk is full. */
const DISK_FULL = '53100';

/** What an import ends with whose process ended before it. */
export const INTERRUPTED: ImportFault = {
  code: 'corpus.import_interrupted',
  message: 'The server stopped before the import had ended.',
  hint: AGAIN,
  retryable: true,
};

/** What an import ends with that no process has survived. */
export const GAVE_UP: ImportFault = {
  code: 'corpus.import_gave_up',
  message: 'The server stopped each time it read this file.',
  hint: 'Look into the log of the server for the reason, and import the file in smaller parts.',
  retryable: false,
};

/** The fault as the owner may see it: unknown errors give no message away. */
export function faultOf(error: unknown): ImportFault {
  const known = error instanceof AppError ? error : (diskFull(error) ?? databaseFault(error));
  if (known !== null) {
    const { code, message, hint, retryable, details } = known;
    return {
      code,
      message,
      hint: hint ?? (retryable ? AGAIN : null),
      retryable,
      ...(details && { details }),
    };
  }
  const code =
    error instanceof Error && 'syscall' in error ? 'corpus.import_unreadable' : 'corpus.import_failed';
  return { code, message: 'The import ended with an unexpected error.', hint: AGAIN, retryable: true };
}

function diskFull(error: unknown): AppError | null {
  for (let each = error; types.isNativeError(each); each = each.cause) {
    if ((each as { code?: unknown }).code !== DISK_FULL) continue;
    return new AppError('corpus.disk_full', 'unavailable', 'The disk of the database is full.', {
      hint: `Free space there. ${AGAIN}`,
      cause: error,
    });
  }
  return null;
}
