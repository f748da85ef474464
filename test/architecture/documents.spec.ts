import { readdirSync } from 'node:fs';
import { migrationBreaches, readmeBreaches } from './documents.rules.js';
import { moduleFolders, textOf } from './source-files.js';

const GOOD_README = `# a\n${['Purpose', 'Door', 'Depends on', 'Flow', 'Settings', 'Decisions']
  .map((heading) => `## ${heading}\n- 2026-11-22`)
  .join('\n')}\n`;
const INDEX = `import { AddA1700000000000 } from './1700000000000-AddA.js';
import { AddB1700000000001 } from './1700000000001-AddB.js';
export const migrations = [AddA1700000000000, AddB1700000000001];`;
const FILES = ['1700000000000-AddA.ts', '1700000000001-AddB.ts', 'index.ts'];

describe.each(moduleFolders())('src/%s', (folder) => {
  it('has a door', () => {
    expect(textOf(`src/${folder}/index.ts`)).not.toBeNull();
  });

  it('has a README with the headings all share', () => {
    expect(readmeBreaches(textOf(`src/${folder}/README.md`))).toEqual([]);
  });
});

describe('a README', () => {
  it.each([
    ['is missing', null, 'no README.md'],
    ['is long', GOOD_README + '\n'.repeat(60).concat('x'), 'lines'],
    ['has other headings', GOOD_README.replace('## Flow', '## Course'), 'headings are'],
    [
      'has its headings in another order',
      GOOD_README.replace('## Flow', '## X').replace('## Door', '## Flow'),
      'headings are',
    ],
    ['decides without a date', GOOD_README.replaceAll('2026-11-22', 'lately'), 'no dated decision'],
  ])('is refused when it %s', (_what, text, breach) => {
    expect(readmeBreaches(text)).toEqual([expect.stringContaining(breach)]);
  });

  it('passes otherwise', () => {
    expect(readmeBreaches(GOOD_README)).toEqual([]);
  });
});

describe('migrations', () => {
  it('are all listed, in order', () => {
    expect(migrationBreaches(readdirSync('migrations'), textOf('migrations/index.ts') ?? '')).toEqual([]);
  });

  it.each([
    ['left out', FILES, INDEX.replace(', AddB1700000000001]', ']')],
    ['not imported', [...FILES, '1700000000002-AddC.ts'], INDEX],
    [
      'out of order',
      FILES,
      INDEX.replace('[AddA1700000000000, AddB1700000000001]', '[AddB1700000000001, AddA1700000000000]'),
    ],
    ['named otherwise', ['17-a.ts'], ''],
  ])('are refused when %s', (_what, files, index) => {
    expect(migrationBreaches(files, index).length).toBeGreaterThan(0);
  });

  it('pass otherwise', () => {
    expect(migrationBreaches(FILES, INDEX)).toEqual([]);
  });
});
