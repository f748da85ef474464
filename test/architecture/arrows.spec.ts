import {
  arrowBreaches,
  environmentBreaches,
  hiddenCouplingBreaches,
  importsOf,
  timeAndIdBreaches,
} from './arrows.rules.js';
import { type SourceFile, sourceFiles } from './source-files.js';

const files = sourceFiles('src');

function file(path: string, text: string): SourceFile {
  return { path, text };
}

describe('imports', () => {
  it('are found in every form, and not in comments', () => {
    const text = `
      import 'a'; import b from "b"; import { c,\n d } from './c.js'; export * from './d.js';
      const e = await import('./e.js'); const f = require('f'); // import x from 'x'
      /* from 'y' */`;
    expect(importsOf(text)).toEqual(['a', 'b', './c.js', './d.js', './e.js', 'f']);
  });

  it('point down, through doors', () => {
    expect(arrowBreaches(files)).toEqual([]);
  });

  it.each([
    ['src/shared/a.ts', '../config/index.js', 'shared may not import config'],
    ['src/qa/a.ts', '../database/index.js', 'qa may not import database'],
    ['src/optimizer/a.ts', '../governance/index.js', 'optimizer may not import governance'],
    ['src/memory/a.ts', '../database/index.js', 'memory may not import database'],
    ['src/database/a.ts', '../redis/index.js', 'database may not import redis'],
    ['src/corpus/search/a.ts', '../../provider/index.js', 'corpus may not import provider'],
    ['src/pipeline/a.ts', '../corpus/search/search.service.js', 'only the index.ts'],
    ['src/cli/a.ts', '../pipeline/run.js', 'only the index.ts'],
    ['src/app.module.ts', './auth/auth.module.js', 'only the index.ts'],
    ['src/pipeline/a.ts', '../health/index.js', 'nothing but an entry file or a door'],
    ['src/pipeline/a.ts', '../serve.js', 'nothing but an entry file or a door'],
    ['src/pipeline/a.ts', '../newcomer/index.js', 'missing in the list'],
    ['src/auth/a.ts', '../../migrations/index.js', 'outside of src'],
    ['src/auth/a.ts', '../../test/support/database.js', 'outside of src'],
  ])('from %s to %s is refused', (path, specifier, reason) => {
    expect(arrowBreaches([file(path, `import { x } from '${specifier}';`)])).toEqual([
      expect.stringContaining(reason),
    ]);
  });

  it.each([
    ['src/corpus/search/a.ts', '../documents/b.js'],
    ['src/corpus/search/a.ts', '../../qa/index.js'],
    ['src/http/a.ts', '../app.module.js'],
    ['src/main.ts', './serve.js'],
    ['src/cli/a.ts', '../http/index.js'],
    ['src/database/a.ts', '../../migrations/index.js'],
    ['src/audit/a.spec.ts', '../../test/support/database.js'],
  ])('from %s to %s is allowed', (path, specifier) => {
    expect(arrowBreaches([file(path, `import { x } from '${specifier}';`)])).toEqual([]);
  });
});

describe('hidden coupling', () => {
  it('does not exist', () => {
    expect(hiddenCouplingBreaches(files)).toEqual([]);
  });

  it.each([
    'forwardRef(() => A)',
    'constructor(private ref: ModuleRef) {}',
    '@Global()',
    'return { global: true }',
  ])('is seen in %s', (text) => {
    expect(hiddenCouplingBreaches([file('src/qa/a.ts', text)])).toHaveLength(1);
  });

  it('leaves the one global module to config', () => {
    expect(hiddenCouplingBreaches([file('src/config/a.ts', '{ global: true }')])).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read in config only', () => {
    expect(environmentBreaches(files)).toEqual([]);
  });

  it.each(['process.env.PORT', "process['env']", "import { env } from 'node:process'"])(
    'is seen in %s',
    (text) => {
      expect(environmentBreaches([file('src/qa/a.ts', text)])).toHaveLength(1);
      expect(environmentBreaches([file('src/config/a.ts', text)])).toEqual([]);
    },
  );
});

describe('time and ids', () => {
  it('come from shared only', () => {
    expect(timeAndIdBreaches(files)).toEqual([]);
  });

  it.each(['Date.now()', 'new Date()', 'performance.now()', 'randomUUID()', 'Math.random()'])(
    'are seen in %s',
    (text) => {
      expect(timeAndIdBreaches([file('src/qa/a.ts', text)])).toHaveLength(1);
    },
  );

  it('are not confused with the parsing of a time', () => {
    expect(timeAndIdBreaches([file('src/qa/a.ts', 'new Date(text)')])).toEqual([]);
  });
});
