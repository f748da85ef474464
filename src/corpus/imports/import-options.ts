import { AppError } from '../../shared/index.js';

/** What a caller wishes of an import beside the file. */
export interface ImportOptions {
  /** ISO 8601 in UTC: documents of before are skipped; those without a time are kept. */
  readonly since: string | null;
  /** Counts what would be stored, and stores nothing. */
  readonly isDryRun: boolean;
  /** Whether documents of the same sources that the export no longer holds are removed. */
  readonly mirrors: boolean;
  /** Names and addresses by which the owner appears in the export. */
  readonly selfNames: readonly string[];
  /** Which importer; null: by content. */
  readonly source: string | null;
}

const DEFAULTS: ImportOptions = {
  since: null,
  isDryRun: false,
  mirrors: false,
  selfNames: [],
  source: null,
};

/** The options as they were stored, with the defaults for what an earlier version did not know. */
export function storedOptions(stored: Partial<ImportOptions>): ImportOptions {
  return { ...DEFAULTS, ...stored };
}

/** The wishes of a request as options. Throws `corpus.mirror_with_since`. */
export function importOptionsOf(wishes: {
  readonly since?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly mirror?: boolean | undefined;
  readonly selfNames?: readonly string[] | undefined;
  readonly source?: string | undefined;
}): ImportOptions {
  const options = {
    since: wishes.since ?? null,
    isDryRun: wishes.dryRun ?? false,
    mirrors: wishes.mirror ?? false,
    selfNames: wishes.selfNames ?? [],
    source: wishes.source ?? null,
  };
  if (!options.mirrors || options.since === null) return options;
  throw new AppError(
    'corpus.mirror_with_since',
    'invalid',
    'An import can mirror or start at a time, not both.',
    {
      hint: 'Leave `since` out: a mirror has to read the whole export to know what is gone from it.',
    },
  );
}
