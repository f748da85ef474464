import type { ImportedDocument } from '../../documents/imported-document.js';

interface SourceParts {
  readonly authorName?: string | null;
  readonly replyTo?: string | null;
  readonly engagement?: number | null;
}

/** The members of a document that not every source gives: null ones are left out. */
export function givenParts({ authorName, replyTo, engagement }: SourceParts): Partial<ImportedDocument> {
  return {
    ...(authorName ? { authorName } : {}),
    ...(replyTo ? { replyTo } : {}),
    ...(engagement === undefined || engagement === null ? {} : { engagement }),
  };
}

/** Counts together, written as numbers or texts; null where the source gives none of them. */
export function countsTogether(values: readonly unknown[]): number | null {
  const counts = values
    .filter((value) => typeof value === 'number' || (typeof value === 'string' && value !== ''))
    .map(Number)
    .filter((count) => Number.isFinite(count) && count >= 0);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}
