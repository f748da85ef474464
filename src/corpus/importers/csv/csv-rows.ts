import { Readable } from 'node:stream';
import { CsvError, type Options, parse } from 'csv-parse';

/** A row by its columns, or a place that cannot be read. */
export type CsvRow =
  | {
      readonly kind: 'row';
      readonly index: number;
      readonly values: CsvValues;
      /** Values beyond the last column that has a name. */
      readonly extra: readonly string[];
    }
  | { readonly kind: 'broken'; readonly index: number; readonly reason: string };

/** Values by the name of their column: in lower case, without spaces around it, as it stands in the first row. */
export type CsvValues = ReadonlyMap<string, string>;

/** A quotation mark that is never closed is not read for ever. */
const MAX_ROW_CHARS = 16 * 1024 * 1024;
const FIRST_ROW_CHARS = 64 * 1024;

/**
 * Reads the rows of a table with a first row of names, piece by piece. The separator is what the first row is parted by.
 * Lenient: rows may be shorter or longer than the first, and hold quotation marks where none may be.
 */
export async function* csvRows(
  chunks: AsyncIterable<string>,
  maxRowChars = MAX_ROW_CHARS,
): AsyncGenerator<CsvRow> {
  const source = chunks[Symbol.asyncIterator]();
  const begin = await firstPiece(source);
  // The parser's stream drops what it has read when a later row is broken; what it tells row by row is kept here.
  const records: (readonly string[])[] = [];
  const options: Options = {
    ...optionsFor(begin, maxRowChars),
    on_record: (record: string[]) => {
      records.push(record);
      return record;
    },
  };
  const table = Readable.from(joined(begin, source), { objectMode: false }).pipe(parse(options));
  const reader = new RowReader(maxRowChars);
  try {
    for await (const _ of table) yield* reader.rowsOf(records.splice(0));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield* reader.rowsOf(records.splice(0));
    yield reader.broken(error.code === 'CSV_MAX_RECORD_SIZE');
  } finally {
    table.destroy();
    await source.return?.();
  }
}

class RowReader {
  #names: readonly string[] | null = null;
  #index = 0;

  constructor(private readonly maxRowChars: number) {}

  *rowsOf(records: readonly (readonly string[])[]): Generator<CsvRow> {
    for (const record of records) {
      if (this.#names === null) this.#names = record.map((name) => name.trim().toLowerCase());
      else {
        const values = valuesOf(this.#names, record);
        yield { kind: 'row', index: this.#index++, values, extra: record.slice(this.#names.length) };
      }
    }
  }

  broken(isTooLong: boolean): CsvRow {
    const reason = isTooLong
      ? `row is over ${Math.round(this.maxRowChars / 1024 / 1024)} MB: the rest of the table is not read`
      : 'table ends too early';
    return { kind: 'broken', index: this.#index, reason };
  }
}

/** The names of the columns, from the beginning of a table. */
export function columnsOf(begin: string): readonly string[] {
  const line = /^[^\r\n]*/.exec(begin.replace(/^\ufeff/, ''))![0];
  return line.split(separatorOf(begin)).map((name) => name.trim().replaceAll('"', '').toLowerCase());
}

function optionsFor(begin: string, maxRowChars: number): Options {
  return {
    bom: true,
    delimiter: separatorOf(begin),
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRowChars,
  };
}

function separatorOf(begin: string): string {
  const line = /^[^\r\n]*/.exec(begin)![0].replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((each) => [each, line.split(each).length] as const);
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

function valuesOf(names: readonly string[], record: readonly string[]): CsvValues {
  const values = new Map<string, string>();
  record.forEach((value, at) => {
    const name = names[at] ?? '';
    if (!values.has(name)) values.set(name, value);
  });
  return values;
}

async function firstPiece(source: AsyncIterator<string>): Promise<string> {
  let begin = '';
  while (begin.length < FIRST_ROW_CHARS && !/[\r\n]/.test(begin)) {
    const next = await source.next();
    if (next.done === true) break;
    begin += next.value;
  }
  return begin;
}

async function* joined(begin: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  if (begin !== '') yield begin;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    if (next.value !== '') yield next.value;
  }
}
