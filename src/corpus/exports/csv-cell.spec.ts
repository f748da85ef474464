import fc from 'fast-check';
import { cellOf, valueOfCell } from './csv-cell.js';

/** The cell as a reader of tables gives it. */
function unquoted(cell: string): string {
  return cell === '' ? '' : cell.slice(1, -1).replaceAll('""', '"');
}

describe('cells of a table', () => {
  it.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠a', "'x"])(
    'keep %j from being a formula',
    (value) => expect(unquoted(cellOf(value))).toBe(`'${value}`),
  );

  it('leave other texts as they are, and tell no text from an empty one', () => {
    expect(cellOf('say "a=b", 1+1')).toBe('"say ""a=b"", 1+1"');
    expect(cellOf(null)).toBe('');
    expect(cellOf('')).toBe(`"'"`);
  });

  it('give each value back', () => {
    const sign = fc.constantFrom("'", '=', '"', '\n', '\r', ',', 'a', ' ');
    fc.assert(
      fc.property(fc.option(fc.oneof(fc.string({ unit: sign }), fc.string())), (value) => {
        expect(valueOfCell(unquoted(cellOf(value)))).toBe(value);
        expect(unquoted(cellOf(value))).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});
