import fc from 'fast-check';
import { CopyRows } from '../../src/corpus/documents/copy-rows.js';
import type { TestDatabase } from '../support/database.js';

interface Sample {
  readonly id: number;
  readonly small: number;
  readonly body: string | null;
  readonly seen: string | null;
  readonly origin: string | null;
  readonly words: readonly string[] | null;
  readonly numbers: readonly number[];
  readonly smalls: readonly number[];
}

const TARGET = 'samples (id, small, body, seen, origin, words, numbers, smalls)';

/** What loading in bulk promises, whichever database it loads into, and that rows arrive as they were encoded. */
export function describeBulkCopy(engine: string, open: () => Promise<TestDatabase>): void {
  describe(`loading in bulk: ${engine}`, () => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await open();
      await database.dataSource.query(`
        CREATE TABLE samples (id int PRIMARY KEY, small smallint, body text, seen timestamptz, origin uuid,
          words text[], numbers int[], smalls smallint[])`);
    });
    afterAll(() => database?.close());
    beforeEach(() => database.dataSource.query('TRUNCATE samples'));

    const load = (pieces: readonly Uint8Array[]) =>
      database.dataSource.transaction((manager) => database.bulkCopy.copy(manager, TARGET, pieces));
    const stored = async (): Promise<Sample[]> => {
      const rows: (Omit<Sample, 'seen'> & { seen: Date | null })[] = await database.dataSource.query(
        'SELECT * FROM samples ORDER BY id',
      );
      return rows.map((row) => ({ ...row, seen: row.seen?.toISOString() ?? null }));
    };

    it('brings every value back as it was', async () => {
      await fc.assert(
        fc.asyncProperty(samples, fc.integer({ min: 1, max: 4 }), async (rows, pieces) => {
          await database.dataSource.query('TRUNCATE samples');
          const size = Math.ceil(rows.length / pieces);
          await load(
            Array.from({ length: pieces }, (_, at) => encoded(rows.slice(at * size, (at + 1) * size))),
          );
          expect(await stored()).toEqual(rows.toSorted((a, b) => a.id - b.id));
        }),
        { numRuns: 40 },
      );
    });

    it('carries more than a connection buffers', async () => {
      const row = { ...EMPTY, body: 'frost '.repeat(20_000) };
      const pieces = Array.from({ length: 40 }, (_, id) => encoded([{ ...row, id }]));
      await load(pieces);
      const [sum] = await database.dataSource.query('SELECT sum(length(body))::int AS chars FROM samples');
      expect(sum).toEqual({ chars: 40 * row.body.length });
    });

    it('belongs to the transaction: what comes after it can undo it', async () => {
      const failing = database.dataSource.transaction(async (manager) => {
        await manager.query('INSERT INTO samples (id) VALUES (1)');
        await database.bulkCopy.copy(manager, TARGET, [encoded([{ ...EMPTY, id: 2 }])]);
        expect(await manager.query('SELECT id FROM samples ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await stored()).toEqual([]);
    });

    it.each([
      ['a row that is there already', () => encoded([EMPTY, EMPTY])],
      ['a row cut short', () => encoded([EMPTY]).subarray(0, 20)],
      ['a text that is none', () => new CopyRows().row(8).integer(1).smallint(1).encoded(BROKEN_TEXT).take()],
    ])('undoes all of it for %s, and the connection goes on', async (_what, piece) => {
      await expect(load([encoded([{ ...EMPTY, id: 7 }]), piece()])).rejects.toThrow();
      expect(await stored()).toEqual([]);
      await load([encoded([EMPTY])]);
      expect(await stored()).toEqual([EMPTY]);
    });

    it('ends with the error of who gives the rows', async () => {
      function* rows() {
        yield encoded([EMPTY]);
        throw new Error('no more rows');
      }
      const failing = database.dataSource.transaction((manager) =>
        database.bulkCopy.copy(manager, TARGET, rows()),
      );
      await expect(failing).rejects.toThrow('no more rows');
      expect(await stored()).toEqual([]);
    });

    it('lets others work meanwhile', async () => {
      const pieces = Array.from({ length: 20 }, (_, id) => encoded([{ ...EMPTY, id }]));
      const loads = load(pieces);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => database.dataSource.query('SELECT $1::int AS n', [n])),
      );
      await loads;
      expect(answers).toEqual(Array.from({ length: 10 }, (_, n) => [{ n }]));
      expect(await stored()).toHaveLength(20);
    });

    it('takes no rows outside of a transaction', async () => {
      const { manager } = database.dataSource;
      await expect(database.bulkCopy.copy(manager, TARGET, [encoded([EMPTY])])).rejects.toThrow(
        'transaction',
      );
    });
  });
}

const EMPTY: Sample = {
  id: 0,
  small: 0,
  body: null,
  seen: null,
  origin: null,
  words: null,
  numbers: [],
  smalls: [],
};
/** One byte that starts no character. */
const BROKEN_TEXT = Buffer.from([0, 0, 0, 1, 0xff]);

const text = fc.string({ unit: 'binary' }).map((each) => each.replaceAll('\0', '').toWellFormed());
const integer = fc.integer({ min: -2_147_483_648, max: 2_147_483_647 });
const smallint = fc.integer({ min: -32_768, max: 32_767 });
const samples = fc.uniqueArray(
  fc.record<Sample>({
    id: integer,
    small: smallint,
    body: fc.option(text),
    seen: fc.option(
      fc
        .date({
          min: new Date('0001-01-01T00:00:00Z'),
          max: new Date('9999-12-31T00:00:00Z'),
          noInvalidDate: true,
        })
        .map((date) => date.toISOString()),
    ),
    origin: fc.option(fc.uuid()),
    words: fc.option(fc.array(text)),
    numbers: fc.array(integer),
    smalls: fc.array(smallint),
  }),
  { selector: ({ id }) => id, maxLength: 8 },
);

function encoded(rows: readonly Sample[]): Uint8Array {
  // Small at first, so that it has to grow.
  const bytes = new CopyRows(16);
  for (const row of rows)
    bytes
      .row(8)
      .integer(row.id)
      .smallint(row.small)
      .text(row.body)
      .time(row.seen)
      .uuid(row.origin)
      .textArray(row.words)
      .integerArray(row.numbers)
      .smallintArray(row.smalls);
  return bytes.take();
}
