import { paint } from '../terminal/paint.js';
import { tableOf } from '../terminal/table.js';
import { padded, printable, wrapped } from '../terminal/text-columns.js';

/** Prints a value as indented JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Columns of the terminal that shows standard output; null where it goes elsewhere: then nothing is broken. */
export function terminalColumns(): number | null {
  return process.stdout.isTTY ? process.stdout.columns || null : null;
}

/** Prints `name  value` lines with the values under each other, as wide as the terminal. */
export function printPairs(pairs: Readonly<Record<string, string>>): void {
  const width = Math.max(...Object.keys(pairs).map((name) => name.length));
  const columns = terminalColumns();
  const indent = ' '.repeat(width + 2);
  for (const [name, value] of Object.entries(pairs)) {
    const text = printable(value);
    const shown = columns === null ? text : wrapped(text, Math.max(columns, width + 20), indent).trimStart();
    process.stdout.write(`${paint('quiet', padded(name, width))}  ${shown}\n`);
  }
}

/** Prints rows under their headings; on a terminal as wide as it. */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  cell?: (text: string, column: number) => string,
): void {
  const heading = (text: string) => paint('heading', text);
  const options = { columns: terminalColumns(), heading, ...(cell && { cell }) };
  process.stdout.write(tableOf(headings, rows, options));
}

/** Prints one line for a person. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
