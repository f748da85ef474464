import { z } from 'zod';
import { CORPORA } from '../../shared/index.js';
import { name, time } from '../corpora.schema.js';
import { IMPORT_SOURCES } from '../importers/detect-importer.js';
import type { ImportRecord, ReasonGroup } from './import-record.js';
import type { FollowedImport, ImportPage } from './import-records.service.js';

const MAX_SELF_NAMES = 50;

/** The path of an import: which corpus it goes to. */
export const importTargetSchema = z.strictObject({ corpus: z.enum(CORPORA) });
export type ImportTargetParams = z.infer<typeof importTargetSchema>;

/** What may be said about an upload beside its body. */
export const importQuerySchema = z.strictObject({
  owner: name.optional(),
  source: z.enum(IMPORT_SOURCES as [string, ...string[]]).optional(),
  /** A name, not a path; it becomes the document's id where the upload is one text. */
  filename: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/\\\p{Cc}\p{Cs}]+$/u, 'must be a file name without slashes or control characters')
    .optional(),
  since: time.optional().describe('Leaves out documents of before.'),
  dry_run: z.stringbool().optional().describe('Counts what would be stored, and stores nothing.'),
  mirror: z.stringbool().optional().describe('Removes documents that the export no longer holds.'),
  self: z
    .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(name).max(MAX_SELF_NAMES))
    .optional()
    .describe('A name, handle or address of the owner in the export; may be given several times.'),
});
export type ImportQuery = z.infer<typeof importQuerySchema>;

export const importIdSchema = z.strictObject({ import_id: z.uuid() });
export type ImportIdParams = z.infer<typeof importIdSchema>;

export const importOwnerSchema = z.strictObject({ owner: name.optional() });
export type ImportOwnerQuery = z.infer<typeof importOwnerSchema>;

export const importsQuerySchema = z.strictObject({
  owner: name.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.uuid('must be the next_cursor of a page').optional(),
});
export type ImportsQuery = z.infer<typeof importsQuerySchema>;

/** An import as the API shows it. */
export function presentImport(record: ImportRecord & Partial<Pick<FollowedImport, 'analysis'>>) {
  const { report, error, options } = record;
  return {
    import_id: record.id,
    owner: record.ownerId,
    corpus: record.corpus,
    source: record.source,
    targets: record.targets.map(({ source, corpus }) => ({ source, corpus })),
    options: {
      since: options.since,
      dry_run: options.isDryRun,
      mirror: options.mirrors,
      self: options.selfNames,
    },
    state: record.state,
    cancelling: record.isCancelling,
    read: report.read,
    created: report.created,
    changed: report.changed,
    unchanged: report.unchanged,
    skipped: report.skipped,
    unreadable: report.unreadable,
    removed: report.removed,
    skipped_reasons: report.skippedReasons.map(presentReasons),
    notes: report.notes.map(presentReasons),
    ...presentProgress(record),
    analysis: record.analysis ?? null,
    undo: presentUndo(record),
    error,
    started_at: record.startedAt,
    updated_at: record.updatedAt,
    finished_at: record.finishedAt,
  };
}

/** A page of imports as the API shows it. */
export function presentImports({ imports, nextCursor }: ImportPage) {
  return { imports: imports.map(presentImport), next_cursor: nextCursor };
}

/** The time left goes by the share of bytes read; it cannot be told while parts of the input wait. */
function presentProgress({ report, state }: ImportRecord) {
  const { bytesRead, totalBytes, elapsedMs, partsWaiting, read } = report;
  const isKnown = state === 'running' && partsWaiting === 0 && bytesRead > 0 && elapsedMs > 0;
  const leftMs = (elapsedMs * Math.max(0, totalBytes - bytesRead)) / bytesRead;
  return {
    bytes_read: bytesRead,
    total_bytes: totalBytes,
    elapsed_ms: elapsedMs,
    documents_per_second: elapsedMs > 0 ? Math.round((read * 1_000) / elapsedMs) : null,
    eta_seconds: isKnown ? Math.ceil(leftMs / 1_000) : null,
  };
}

function presentUndo({ undo }: ImportRecord) {
  if (undo === null) return null;
  const { deleted, restored, returned, kept } = undo;
  return { deleted, restored, returned, kept };
}

function presentReasons({ reason, count, examples }: ReasonGroup) {
  return { reason, count, examples };
}
