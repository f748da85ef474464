import { INSTRUCTION_PATTERNS } from './instruction-patterns.js';
import { EUROPEAN_INSTRUCTION_PATTERNS } from './instruction-patterns-european.js';
import { beginningsOf, suspected } from './phrase-pattern.js';

it.each([
  ['^(?:ignore|drop) <2> rules', ['ign', 'dro']],
  ['(?:that is (?:done|enough)|well done) now', ['tha', 'wel']],
  ['ignoriere?n? alles', ['ign']],
  ['(?<=\\?\\s{1,3})(?:say|go) yes', ['say', 'go']],
  ["don['’]t say", ['don']],
])('says how %s can begin', (source, beginnings) => {
  expect([...beginningsOf(source)]).toEqual(beginnings);
});

it.each(['(?:a |b )?word', '\\p{L}+ rules', '<2> rules', 'ab? rules', '(?:go|\\d) rules'])(
  'refuses a phrase whose beginning it cannot say: %s',
  (source) => {
    expect(() => beginningsOf(source)).toThrow('must begin with a word');
  },
);

it('matches up to so many words in a gap, and commas, and no case', () => {
  const { pattern } = suspected('x', 'drop <2> rules')[0]!;
  const matches = (text: string) => {
    pattern.lastIndex = 0;
    return pattern.test(text);
  };
  expect(['drop rules', 'DROP all, the  rules', 'drop those old rules'].map(matches)).toEqual([
    true,
    true,
    true,
  ]);
  expect(['drop a b c rules', 'dropped rules', 'drop'].map(matches)).toEqual([false, false, false]);
});

it('holds only sticky expressions with a known beginning', () => {
  for (const { pattern, beginnings } of [...INSTRUCTION_PATTERNS, ...EUROPEAN_INSTRUCTION_PATTERNS]) {
    expect(pattern.sticky).toBe(true);
    expect([...beginnings].every((beginning) => /^\p{Ll}{1,3}$/u.test(beginning))).toBe(true);
  }
});
