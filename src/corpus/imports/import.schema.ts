import { z } from 'zod';
import { CORPORA } from '../../shared/index.js';
import { IMPORT_SOURCES } from '../importers/detect-importer.js';
import type { ImportRecord, ReasonGroup } from './import-record.js';

/** The path of an import: which corpus it goes to. */
export const importTargetSchema = z.strictObject({ corpus: z.enum(CORPORA) });
export type ImportTargetParams = z.infer<typeof importTargetSchema>;

/** What may be said about an upload beside its body. */
export const importQuerySchema = z.strictObject({
  owner: z.string().min(1).max(200).optional(),
  source: z.enum(IMPORT_SOURCES as [string, ...string[]]).optional(),
  /** A name, not a path; it becomes the document's id where the upload is one text. */
  filename: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/\\\p{Cc}\p{Cs}]+$/u, 'must be a file name without slashes or control characters')
    .optional(),
});
export type ImportQuery = z.infer<typeof importQuerySchema>;

export const importIdSchema = z.strictObject({ import_id: z.uuid() });
export type ImportIdParams = z.infer<typeof importIdSchema>;

/** An import as the API shows it. */
export function presentImport(record: ImportRecord) {
  const { report, error } = record;
  return {
    import_id: record.id,
    owner: record.ownerId,
    corpus: record.corpus,
    source: record.source,
    state: record.state,
    read: report.read,
    created: report.created,
    changed: report.changed,
    unchanged: report.unchanged,
    skipped: report.skipped,
    unreadable: report.unreadable,
    skipped_reasons: report.skippedReasons.map(presentReasons),
    notes: report.notes.map(presentReasons),
    bytes_read: report.bytesRead,
    total_bytes: report.totalBytes,
    error,
    started_at: record.startedAt,
    updated_at: record.updatedAt,
    finished_at: record.finishedAt,
  };
}

function presentReasons({ reason, count, examples }: ReasonGroup) {
  return { reason, count, examples };
}
