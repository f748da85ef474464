/** What a spreadsheet may take for a formula, in plain and in wide signs; and the mark itself. */
const NEEDS_MARK = /^(?:['=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]|$)/;

/**
 * A value in a table: nothing for null, and a leading apostrophe where the value is empty, begins like a formula or
 * begins with an apostrophe itself. So each cell can be read back, and none is a formula.
 */
export function cellOf(value: string | null): string {
  if (value === null) return '';
  const marked = NEEDS_MARK.test(value) ? `'${value}` : value;
  return `"${marked.replaceAll('"', '""')}"`;
}

/** The value of a cell without its quotes. */
export function valueOfCell(cell: string): string | null {
  if (cell === '') return null;
  return cell.startsWith("'") ? cell.slice(1) : cell;
}
