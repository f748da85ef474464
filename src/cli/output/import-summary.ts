import { printable } from '../terminal/text-columns.js';
import { counted, inTime, withThousands } from './figures.js';

/** An import as `GET /imports/:id` shows it. */
export interface ImportStatus {
  readonly import_id: string;
  readonly state: string;
  readonly corpus: string | null;
  readonly source: string;
  readonly targets: readonly { readonly source: string; readonly corpus: string }[];
  readonly options: { readonly since: string | null; readonly dry_run: boolean };
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly unreadable: number;
  readonly removed: number;
  readonly bytes_read: number;
  readonly total_bytes: number;
  readonly documents_per_second: number | null;
  readonly eta_seconds: number | null;
  readonly skipped_reasons: readonly Reason[];
  readonly notes: readonly Reason[];
  readonly undo: Readonly<Record<'deleted' | 'restored' | 'returned' | 'kept', number>> | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
  readonly started_at: string;
}

interface Reason {
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly { readonly position: string; readonly detail?: string }[];
}

const SHOWN_EXAMPLES = 3;

/** What an import did, in lines for a person, with what to do next. */
export function importSummary(status: ImportStatus): string {
  const { options, removed, error, undo } = status;
  const lines = [
    `${options.dry_run ? 'dry run, nothing stored: ' : ''}${status.state} · ${placeOf(status)}`,
    `  read ${withThousands(status.read)}: ${countsOf(status)}`,
    ...(removed > 0 ? [`  removed ${counted(removed, 'document')} that the export no longer holds`] : []),
    ...status.skipped_reasons.map((reason) => `  skipped ${describe(reason)}`),
    ...status.notes.map((reason) => `  note ${describe(reason)}`),
    ...(undo ? [`  taken back: ${undoCounts(undo)}`] : []),
    ...(error ? [`  error: ${error.message} [${error.code}]`] : []),
    ...(error?.hint ? [`  what to do: ${error.hint}`] : []),
    `  import_id: ${status.import_id}`,
    ...nextSteps(status).map((step) => `  ${step}`),
  ];
  return `${printable(lines.join('\n'))}\n`;
}

/** What became of what was read. */
export function countsOf({ created, changed, unchanged, skipped }: ImportStatus): string {
  return `${withThousands(created)} new, ${withThousands(changed)} changed, ${withThousands(unchanged)} unchanged, ${withThousands(skipped)} skipped`;
}

/** Which exports went where. */
export function placeOf({ targets }: ImportStatus): string {
  return targets.map((each) => `${each.source} → ${each.corpus}`).join(', ');
}

function nextSteps({ state, options, created, changed, removed, import_id: id }: ImportStatus): string[] {
  if (options.dry_run) return ['next: the same without --dry-run'];
  const hasStored = created + changed + removed > 0;
  const undo = `take it back: mcg-agent imports undo ${id}`;
  if (state === 'running') return [`stop it: mcg-agent imports cancel ${id}`];
  if (state === 'succeeded' && hasStored) return ['next: mcg-agent query "…"', undo];
  if (state === 'cancelled' || state === 'failed')
    return ['go on: the same import again; nothing is stored twice', ...(hasStored ? [undo] : [])];
  return [];
}

/** What of an import's status says how far it is. */
export type ImportProgress = Pick<
  ImportStatus,
  'read' | 'bytes_read' | 'total_bytes' | 'documents_per_second' | 'eta_seconds'
>;

/** How far an import is, how fast it goes and how long it will take. */
export function progressLine(progress: ImportProgress): string {
  const {
    read,
    bytes_read: bytes,
    total_bytes: total,
    documents_per_second: rate,
    eta_seconds: left,
  } = progress;
  return [
    `importing${total > 0 ? ` ${Math.floor((100 * bytes) / total)} %` : ''}`,
    `${withThousands(read)} read`,
    ...(rate === null ? [] : [`${withThousands(rate)}/s`]),
    ...(left === null ? [] : [`${inTime(left)} left`]),
  ].join(', ');
}

/** How far taking an import back is. */
export function undoProgress({ undo }: ImportStatus): string {
  return `taking back${undo ? `: ${undoCounts(undo)}` : ''}`;
}

function undoCounts({ deleted, restored, returned, kept }: NonNullable<ImportStatus['undo']>): string {
  return `${withThousands(deleted)} deleted, ${withThousands(restored)} as they were before, ${withThousands(returned)} returned, ${withThousands(kept)} kept as a later import made them`;
}

function describe({ reason, count, examples }: Reason): string {
  const shown = examples
    .slice(0, SHOWN_EXAMPLES)
    .map(({ position, detail }) => (detail ? `${position}: ${detail}` : position));
  const more = count > shown.length ? ', …' : '';
  return `${withThousands(count)}: ${reason}${shown.length > 0 ? ` (${shown.join(', ')}${more})` : ''}`;
}
