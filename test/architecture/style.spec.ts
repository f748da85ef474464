import { sourceFiles } from './source-files.js';
import { HOLDS_SQL, nameBreaches, sizeBreaches, sqlBreaches } from './style.rules.js';

const files = sourceFiles('src');
const lines = (count: number, line = 'x;') => Array.from({ length: count }, () => line).join('\n');

describe('sizes', () => {
  it('stay within what one reads at a glance', () => {
    expect(sizeBreaches(files)).toEqual([]);
  });

  it.each([
    ['a long file', lines(251), '251 lines'],
    ['a long function', `export async function act(): void {\n${lines(39, '  x;')}\n}`, 'act has 41 lines'],
    [
      'a long method',
      `class A {\n  private act(\n    a: B,\n  ): void {\n${lines(38, '    x;')}\n  }\n}`,
      'act has 42 lines',
    ],
    [
      'many collaborators',
      `class A { constructor(${lines(7, 'private readonly a: A,')}) {} }`,
      '7 collaborators',
    ],
  ])('refuse %s', (_what, text, breach) => {
    expect(sizeBreaches([{ path: 'a.ts', text }])).toEqual([`a.ts: ${breach}`]);
  });

  it('allow the largest', () => {
    expect(sizeBreaches([{ path: 'a.ts', text: `${lines(250)}\n` }])).toEqual([]);
    expect(sizeBreaches([{ path: 'a.ts', text: `function act() {\n${lines(38, '  x;')}\n}` }])).toEqual([]);
  });
});

describe('names', () => {
  it('say what a thing is', () => {
    expect(nameBreaches(files)).toEqual([]);
  });

  it.each([
    ['src/qa/utils/a.ts', ''],
    ['src/common/a.ts', ''],
    ['src/a.ts', 'class CacheManager {}'],
    ['src/a.ts', 'export class QueryImpl {}'],
    ['src/a.ts', 'interface IProvider {}'],
  ])('refuse %s %s', (path, text) => {
    expect(nameBreaches([{ path, text }])).toHaveLength(1);
  });

  it('allow words that only look alike', () => {
    expect(
      nameBreaches([
        { path: 'src/a.ts', text: 'class MemoryManager {} interface Import {} interface IOError {}' },
      ]),
    ).toEqual([]);
  });
});

describe('SQL', () => {
  it('stands in the files that may hold it', () => {
    expect(sqlBreaches(files)).toEqual([]);
  });

  it('is excused by no rule that no file needs', () => {
    const idle = HOLDS_SQL.filter(([pattern]) => !files.some(({ path }) => pattern.test(path)));
    expect(idle.map(([pattern]) => String(pattern))).toEqual([]);
  });

  it.each([
    "query('SELECT a, b\n FROM c')",
    "query('SELECT 1')",
    'query(`INSERT INTO a VALUES (1)`)',
    "query('UPDATE runs SET a = 1')",
    "query('DELETE FROM a')",
  ])('is seen in %s', (text) => {
    expect(sqlBreaches([{ path: 'src/a.service.ts', text }])).toHaveLength(1);
    expect(sqlBreaches([{ path: 'src/a.repository.ts', text }])).toEqual([]);
  });

  it('is not seen in prose', () => {
    const text = "// SELECT from\nthrow new Error('Select one from the list, then update it');";
    expect(sqlBreaches([{ path: 'src/a.service.ts', text }])).toEqual([]);
  });
});
