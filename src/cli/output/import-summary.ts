/** An import as `GET /imports/:id` shows it. */
export interface ImportStatus {
  readonly import_id: string;
  readonly state: string;
  readonly corpus: string;
  readonly source: string;
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly unreadable: number;
  readonly bytes_read: number;
  readonly total_bytes: number;
  readonly skipped_reasons: readonly Reason[];
  readonly notes: readonly Reason[];
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
}

interface Reason {
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly { readonly position: string; readonly detail?: string }[];
}

const SHOWN_EXAMPLES = 3;

/** What an import did, in lines for a person. */
export function importSummary(status: ImportStatus): string {
  const lines = [
    `${status.state} · ${status.source} into ${status.corpus}`,
    `  read ${status.read}: ${status.created} new, ${status.changed} changed, ${status.unchanged} unchanged, ${status.skipped} skipped`,
    ...status.skipped_reasons.map((reason) => `  skipped ${describe(reason)}`),
    ...status.notes.map((reason) => `  note ${describe(reason)}`),
  ];
  if (status.error) lines.push(`  error: ${status.error.message} [${status.error.code}]`);
  if (status.error?.hint) lines.push(`  what to do: ${status.error.hint}`);
  lines.push(`  import_id: ${status.import_id}`);
  return `${lines.join('\n')}\n`;
}

/** The part of an import's status that says how far it is. */
export type ImportProgress = Pick<ImportStatus, 'read' | 'bytes_read' | 'total_bytes'>;

/** How far an import is. */
export function progressLine({ read, bytes_read: bytes, total_bytes: total }: ImportProgress): string {
  const share = total > 0 ? ` ${Math.floor((100 * bytes) / total)} %` : '';
  return `importing${share}, ${read} read`;
}

function describe({ reason, count, examples }: Reason): string {
  const shown = examples
    .slice(0, SHOWN_EXAMPLES)
    .map(({ position, detail }) => (detail ? `${position}: ${detail}` : position));
  const more = count > shown.length ? ', …' : '';
  return `${count}: ${reason}${shown.length > 0 ? ` (${shown.join(', ')}${more})` : ''}`;
}
