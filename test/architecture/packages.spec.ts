import { existsSync, readFileSync } from 'node:fs';
import {
  dependencyBreaches,
  lockHostBreaches,
  type PackageManifest,
  packagesIn,
  vendorBreaches,
  versionBreaches,
} from './packages.rules.js';
import { type SourceFile, sourceFiles } from './source-files.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as PackageManifest;
const product = sourceFiles('src');

/** Packages whose use no import shows, and what uses them. */
const USED_WITHOUT_IMPORT = {
  pg: 'the driver that TypeORM loads by name',
  '@fastify/static': 'serves the assets of /docs for @nestjs/swagger',
  rxjs: 'peer of @nestjs/common and @nestjs/core',
  '@biomejs/biome': 'npm run lint',
  '@swc/cli': 'npm run build',
  '@swc/core': 'compiles for npm run build and for Jest',
  jest: 'npm test',
  node: 'the pinned runtime that npm scripts find first',
  typescript: 'npm run typecheck',
};

const tools: SourceFile[] = [
  ...['test', 'migrations', 'bench'].filter((folder) => existsSync(folder)).flatMap(sourceFiles),
  { path: 'jest.config.mjs', text: readFileSync('jest.config.mjs', 'utf8') },
];

describe('packages', () => {
  it('are imported at home only', () => {
    expect(vendorBreaches(product)).toEqual([]);
  });

  it.each([
    ['src/qa/a.ts', "import { pino } from 'pino';"],
    ['src/pipeline/a.service.ts', "import { DataSource } from 'typeorm';"],
    ['src/corpus/a.ts', "import { PGlite } from '@electric-sql/pglite';"],
    ['src/http/a.ts', "import { jwtVerify } from 'jose';"],
    ['src/pipeline/a.ts', "import nlp from 'wink-nlp';"],
    ['src/telemetry/a.ts', "import { findNumbers } from 'libphonenumber-js/min';"],
    ['src/http/a.ts', "import fastify from 'fastify';"],
    ['src/qa/a.ts', "import type { FastifyRequest } from 'fastify';"],
  ])('are refused in %s: %s', (path, text) => {
    expect(vendorBreaches([{ path, text }])).toHaveLength(1);
  });

  it('pass at home', () => {
    const text = "import type {\n  FastifyRequest,\n} from 'fastify';\nimport { jwtVerify } from 'jose';";
    expect(vendorBreaches([{ path: 'src/auth/a.guard.ts', text }])).toEqual([]);
  });

  it('are known by their names, not by the path inside them', () => {
    expect(packagesIn("import '@a/b/c'; import 'd/e'; import 'node:fs'; import './f.js';")).toEqual([
      '@a/b',
      'd',
    ]);
  });
});

describe('package.json', () => {
  it('pins every version', () => {
    expect(versionBreaches(manifest)).toEqual([]);
  });

  it.each(['^1.0.0', '~1.0.0', '1.x', 'latest', '>=1.0.0', 'github:a/b'])('may not say %s', (version) => {
    expect(versionBreaches({ dependencies: { a: version }, devDependencies: {} })).toHaveLength(1);
  });

  it('lists what is used, and nothing else', () => {
    expect(dependencyBreaches(manifest, product, tools, USED_WITHOUT_IMPORT)).toEqual([]);
  });

  it('is refused with an idle, a missing or a wrongly excused package', () => {
    const wrong = {
      dependencies: { idle: '1.0.0' },
      devDependencies: { tool: '1.0.0', '@types/idle': '1.0.0' },
    };
    const files = [{ path: 'src/a.ts', text: "import a from 'missing';" }];
    expect(dependencyBreaches(wrong, files, [], { gone: 'x' })).toEqual([
      'idle: unused',
      'tool: unused',
      'missing: not a dependency',
      'gone: excused but absent',
    ]);
  });
});

describe('package-lock.json', () => {
  it('names no host, so that any registry serves it', () => {
    expect(lockHostBreaches(readFileSync('package-lock.json', 'utf8'))).toEqual([]);
  });

  it('is refused when it does', () => {
    expect(lockHostBreaches('"resolved": "https://registry.example.org/a/-/a-1.0.0.tgz"')).toHaveLength(1);
  });
});
