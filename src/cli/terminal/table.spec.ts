import fc from 'fast-check';
import { tableOf } from './table.js';
import { columnsOf } from './text-columns.js';

const HEADINGS = ['id', 'title', 'tags'];
const cell = fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '水', '🙂', '\u001B', '-'), maxLength: 30 });

it('is as wide as it needs to be where there is no terminal', () => {
  const text = tableOf(
    HEADINGS,
    [
      ['1', 'About 水', 'garden'],
      ['22', 'B', ''],
    ],
    { columns: null },
  );
  expect(text).toBe('id  title     tags\n1   About 水  garden\n22  B\n');
});

it('wraps the widest column first', () => {
  const rows = [['1', 'one two three four five six', 'garden']];
  expect(tableOf(HEADINGS, rows, { columns: 30 })).toBe(
    'id  title               tags\n1   one two three four  garden\n    five six\n',
  );
});

it('becomes paragraphs where not even the words fit', () => {
  const rows = [['0198f2c4-0000-7000-8000-000000000000', 'Pears', 'garden']];
  expect(tableOf(HEADINGS, rows, { columns: 40 })).toBe(
    'id     0198f2c4-0000-7000-8000-000000000\n       000\ntitle  Pears\ntags   garden\n',
  );
});

it('fits any terminal of at least 24 columns, whatever the cells hold, and steers none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 }),
      fc.integer({ min: 24, max: 120 }),
      (rows, columns) => {
        const text = tableOf(HEADINGS, rows, { columns });
        for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        expect(text).not.toContain('\u001B');
      },
    ),
  );
});

it('paints headings and cells without changing their places', () => {
  const red = (text: string) => `\u001B[31m${text}\u001B[39m`;
  const rows = [['1', 'one two three four five six', 'garden']];
  const painted = tableOf(HEADINGS, rows, { columns: 30, heading: red, cell: red });
  const plain = tableOf(HEADINGS, rows, { columns: 30 });
  expect(painted.replace(/\u001B\[\d+m/g, '').replace(/ +$/gm, '')).toBe(plain);
});
