import fc from 'fast-check';
import { columnsOf, csvRows } from './csv-rows.js';

async function* pieces(text: string, size = 7): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function read(text: string) {
  const rows: unknown[] = [];
  for await (const row of csvRows(pieces(text)))
    rows.push(row.kind === 'row' ? Object.fromEntries(row.values) : row.reason);
  return rows;
}

describe('csvRows', () => {
  it('reads quotes, line breaks in values, other separators, a byte order mark, CRLF and short rows', async () => {
    expect(await read('\ufeffId, Title\r\n1,"a ""b""\nc"\r\n\r\n2\r\n')).toEqual([
      { id: '1', title: 'a "b"\nc' },
      { id: '2' },
    ]);
    expect(await read('id;title\n1;a, b\n')).toEqual([{ id: '1', title: 'a, b' }]);
    expect(await read('id\ttitle\n1\ta "b" c\n')).toEqual([{ id: '1', title: 'a "b" c' }]);
  });

  it('reports the end of a table that breaks off inside a value, after the rows before it', async () => {
    expect(await read('id,title\n1,a\n2,"never closed\n3,c\n')).toEqual([
      { id: '1', title: 'a' },
      'table ends too early',
    ]);
  });

  it('has no rows in an empty file, and takes no name of a column for more than a name', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('__proto__,a,a\n1,2,3\n')).toEqual([JSON.parse('{"__proto__":"1","a":"2"}')]);
  });

  it('reads back every table that is written by the rules, and never throws', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ';', ' ', 'é') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), async (table) => {
        const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const text = ['x,y', ...table.map((row) => row.map(quoted).join(','))].join('\n');
        expect(await read(text)).toEqual(table.map(([x, y]) => ({ x, y })));
      }),
    );
    await fc.assert(fc.asyncProperty(fc.string({ maxLength: 60 }), async (text) => void (await read(text))));
  });
});

describe('columnsOf', () => {
  it('reads the first row', () => {
    expect(columnsOf('\ufeff"Post Id";Title\n1;2')).toEqual(['post id', 'title']);
  });
});
