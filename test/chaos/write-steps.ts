const WRITES =
  /\b(INSERT INTO|DELETE FROM)\s+([\w."]+)|\b(UPDATE)\s+([\w."]+)(?:\s+(?:AS\s+)?(?!SET\b)\w+)?\s+SET\s+([\w.]+)/gi;
/** What a process does by its clock and not for the run at hand. */
const BY_THE_CLOCK =
  /^DELETE FROM |^UPDATE runs SET (?:lease_expires_at|attempts)|pgboss\.(?:version|queue|bam|warning)/;
const OF_A_RUN = /\b(?:runs|journal_entries|run_stages|budget_reservations|daily_spend|pgboss\.job\w*)\b/;

/** Tells from a line's statements where something of a run becomes lasting: at a commit, or at a write alone. */
export class WriteSteps {
  private inTransaction: string[] | null = null;

  /** What the statement makes lasting when it is done, in a few words; null for nothing of a run. */
  next(statement: string): string | null {
    const words = statement.trim();
    if (/^(?:BEGIN|START TRANSACTION)/i.test(words)) {
      this.inTransaction = [];
      return null;
    }
    if (/^ROLLBACK/i.test(words)) {
      this.inTransaction = null;
      return null;
    }
    if (/^COMMIT/i.test(words)) {
      const made = this.inTransaction ?? [];
      this.inTransaction = null;
      return made.length === 0 ? null : [...new Set(made)].join(', ');
    }
    const writes = writesOf(words);
    if (this.inTransaction === null) return writes.length === 0 ? null : writes.join(', ');
    this.inTransaction.push(...writes);
    return null;
  }
}

function writesOf(statement: string): string[] {
  return [...statement.matchAll(WRITES)]
    .map(([, verb, table, update, updated, column]) =>
      update === undefined ? `${verb} ${bare(table!)}` : `${update} ${bare(updated!)} SET ${column}`,
    )
    .filter((write) => OF_A_RUN.test(write) && !BY_THE_CLOCK.test(write));
}

function bare(table: string): string {
  return table.replaceAll('"', '');
}
