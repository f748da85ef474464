import fc from 'fast-check';
import { clipped, columnsOf, oneLine, padded, printable, wrapped } from './text-columns.js';

const signs = fc.string({
  unit: fc.constantFrom('a', 'word ', ' ', '\n', '水', 'é', 'e\u0301', '🙂', '👩‍👩‍👧', 'ｱ', '한'),
  maxLength: 60,
});

it.each([
  ['plain', 5],
  ['水', 2],
  ['한글', 4],
  ['ｱ', 1],
  ['Ａ', 2],
  ['e\u0301', 1],
  ['🙂', 2],
  ['👩‍👩‍👧', 2],
  ['❤️', 2],
  ['©', 1],
  ['é', 1],
  ['\u001B[1mbold\u001B[22m', 4],
  ['\u200B', 0],
])('%j takes %d columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

it('wraps so that every line fits and no sign is lost', () => {
  fc.assert(
    fc.property(signs, fc.integer({ min: 2, max: 30 }), (text, columns) => {
      const lines = wrapped(text, columns).split('\n');
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});

it('indents, and breaks a long word only where it must', () => {
  expect(wrapped('one two three', 9, '  ')).toBe('  one two\n  three');
  expect(wrapped('abcdefghij', 4)).toBe('abcd\nefgh\nij');
});

it('clips and pads by columns', () => {
  expect(clipped('水水水', 5)).toBe('水水…');
  expect(clipped('水水', 4)).toBe('水水');
  expect(padded('水', 4)).toBe('水  ');
  fc.assert(
    fc.property(signs, fc.integer({ min: 1, max: 30 }), (text, columns) => {
      expect(columnsOf(clipped(text.replaceAll('\n', ' '), columns))).toBeLessThanOrEqual(columns);
    }),
  );
});

it('lets nothing through that steers a terminal', () => {
  expect(printable('a\u001B[2Jb\r\n\tc\u202Ed\u0007')).toBe('a\\u{1b}[2Jb\n  c\\u{202e}d\\u{7}');
  expect(oneLine(' a\n\n b\u0000')).toBe('a b\\u{0}');
});
