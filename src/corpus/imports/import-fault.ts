import { databaseFault } from '../../database/index.js';
import { AppError } from '../../shared/index.js';
import type { ImportFault } from './import-record.js';

const AGAIN = 'Import the same file again: what is stored already is recognised and not stored twice.';

/** What an import ends with whose process ended before it. */
export const INTERRUPTED: ImportFault = {
  code: 'corpus.import_interrupted',
  message: 'The server stopped before the import had ended.',
  hint: AGAIN,
  retryable: true,
};

/** The fault as the owner may see it: unknown errors give no message away. */
export function faultOf(error: unknown): ImportFault {
  const known = error instanceof AppError ? error : databaseFault(error);
  if (known !== null) {
    const { code, message, hint, retryable } = known;
    return { code, message, hint: hint ?? (retryable ? AGAIN : null), retryable };
  }
  const code =
    error instanceof Error && 'syscall' in error ? 'corpus.import_unreadable' : 'corpus.import_failed';
  return { code, message: 'The import ended with an unexpected error.', hint: AGAIN, retryable: true };
}
