import Table from 'cli-table3';
import { columnsOf, padded, printable, wrapped } from './text-columns.js';

const GAP = 2;
/** A word longer than this may be broken. */
const WHOLE_WORD_COLUMNS = 36;
/** The last column may become as narrow as this before a table is given up. */
const LAST_COLUMNS = 12;
const BORDER_PARTS =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle';
const BORDERLESS = Object.fromEntries(BORDER_PARTS.split(' ').map((part) => [part, '']));

export interface TableOptions {
  /** Columns of the terminal; null where there is none: then nothing is broken. */
  readonly columns: number | null;
  /** How the headings look. */
  readonly heading?: (text: string) => string;
  /** How a cell looks, after its place is known. */
  readonly cell?: (text: string, column: number) => string;
}

/**
 * Rows under their headings, as wide as they need; where a terminal is narrower the widest columns are wrapped, and where
 * even their longest words do not fit each row becomes a paragraph of `heading  value` lines.
 */
export function tableOf(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): string {
  const cells = rows.map((row) => headings.map((_, at) => printable(row[at] ?? '')));
  const widths = fittingWidths([headings, ...cells], options.columns);
  if (widths === null) return paragraphsOf(headings, cells, options);
  const { heading = String, cell = String } = options;
  const table = new Table({
    chars: BORDERLESS as Table.TableConstructorOptions['chars'],
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
  });
  const laid = (row: readonly string[], look: (text: string, column: number) => string) =>
    row.map((text, at) => inLines(wrapped(text, widths[at]!), (line) => look(padded(line, widths[at]!), at)));
  table.push(
    laid(headings, (text) => heading(text)),
    ...cells.map((row) => laid(row, cell)),
  );
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

/** Each column's width, or null where the terminal is too narrow for a table. */
function fittingWidths(rows: readonly (readonly string[])[], columns: number | null): number[] | null {
  const perColumn = (measure: (text: string) => number) =>
    rows[0]!.map((_, at) => Math.max(...rows.map((row) => Math.max(...row[at]!.split('\n').map(measure)))));
  const widths = perColumn(columnsOf);
  if (columns === null) return widths;
  const least = perColumn((line) => Math.max(...line.split(' ').map(columnsOf))).map((width, at) =>
    Math.min(width, at === widths.length - 1 ? LAST_COLUMNS : WHOLE_WORD_COLUMNS),
  );
  const room = columns - GAP * (widths.length - 1);
  if (sum(least) > room) return null;
  while (sum(widths) > room) {
    const spare = widths.map((width, at) => width - least[at]!);
    const widest = widths.reduce(
      (best, width, at) => (spare[at]! > 0 && (best === -1 || width > widths[best]!) ? at : best),
      -1,
    );
    widths[widest]!--;
  }
  return widths;
}

function paragraphsOf(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { columns, heading = String, cell = String }: TableOptions,
): string {
  const width = Math.max(...headings.map(columnsOf));
  const room = Math.max(8, (columns ?? 80) - width - GAP);
  const indent = ' '.repeat(width + GAP);
  const lineOf = (text: string, at: number) => {
    const value = inLines(wrapped(text, room), (line) => cell(line, at)).replaceAll('\n', `\n${indent}`);
    return `${heading(padded(headings[at]!, width))}${' '.repeat(GAP)}${value}`;
  };
  return rows
    .map((row) => `${row.flatMap((text, at) => (text === '' ? [] : lineOf(text, at))).join('\n')}\n`)
    .join('\n');
}

/** A colour must not reach over the end of a line. */
function inLines(text: string, look: (line: string) => string): string {
  return text.split('\n').map(look).join('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
