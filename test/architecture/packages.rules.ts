import { importsOf } from './arrows.rules.js';
import { isSpec, type SourceFile } from './source-files.js';
import { HOLDS_SQL } from './style.rules.js';

/** The part of package.json these rules read. */
export interface PackageManifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** What puts a job into the transaction of its run. */
const QUEUE_TRANSACTIONS = /^src\/pipeline\/queue\/(?:run-queue\.port|pg-boss-run-queue)\.ts$/;
/** The one place that may import a vendor's package; a package that is not listed is free. */
const HOMES: readonly (readonly [RegExp, readonly RegExp[]])[] = [
  [/^pino/, [/^src\/telemetry\//]],
  [/^prom-client$/, [/^src\/telemetry\//]],
  [/^@redis\//, [/^src\/redis\//]],
  [/^(?:lru-cache|keyv|cache-manager|@nestjs\/cache-manager)$/, [/^src\/cache\//]],
  [/^@nestjs\/throttler$/, [/^src\/auth\//]],
  [/^(?:typeorm|pg)$/, [...HOLDS_SQL.map(([pattern]) => pattern), QUEUE_TRANSACTIONS]],
  [/^pg-boss$/, [/^src\/pipeline\/queue\//]],
  [/^@electric-sql\//, [/^src\/database\//]],
  [/^jose$/, [/^src\/auth\//]],
  [/^@cedar-policy\//, [/^src\/governance\//]],
  [/^wink-(?:nlp|eng)/, [/^src\/qa\//]],
  [/^@orama\//, [/^src\/shared\/text\//]],
  [/^wink-porter2-stemmer$/, [/^src\/shared\/text\//]],
  [/^libphonenumber-js/, [/^src\/shared\/detectors\/phone\.ts$/]],
  [/^piscina$/, [/^src\/corpus\/analysis\//]],
  [/^pg-copy-streams$/, [/^src\/database\//]],
  [/^yauzl$/, [/^src\/corpus\/importers\//, /^src\/cli\/unpack\.ts$/]],
  [/^yaml$/, [/^src\/corpus\/importers\//, /^src\/config\//]],
  [
    /^(?:htmlparser2|postal-mime|unpdf|linkedom|csv-parse|@mozilla\/readability)$/,
    [/^src\/corpus\/importers\//],
  ],
  [/^(?:commander|cli-table3|@bomb\.sh\/tab)$/, [/^src\/cli\//]],
  [/^openai$/, [/^src\/provider\/openai\//]],
  [/^cockatiel$/, [/^src\/provider\/resilience\//]],
  [/^gpt-tokenizer/, [/^src\/provider\//]],
  [/^@nestjs\/terminus$/, [/^src\/health\//]],
  [/^uuid$/, [/^src\/shared\/ids\.ts$/]],
  [/^canonicalize$/, [/^src\/shared\/hash\.ts$/]],
];
/** Files that see a Fastify request; they import its types only. */
const SEES_FASTIFY =
  /^src\/(?:http\/|metrics\/|auth\/.*\.guard\.ts$|corpus\/imports\/|pipeline\/.*\.decorator\.ts$)/;

export function vendorBreaches(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !isSpec(file))
    .flatMap((file) => {
      const strangers = packagesIn(file.text).filter((name) =>
        HOMES.some(([vendor, homes]) => vendor.test(name) && !homes.some((home) => home.test(file.path))),
      );
      return [...strangers, ...fastifyBreaches(file)].map((name) => `${file.path}: ${name}`);
    });
}

function fastifyBreaches({ path, text }: SourceFile): string[] {
  const lines = text.match(/^import [^;]*from 'fastify'/gm) ?? [];
  if (
    lines.length === 0 ||
    (SEES_FASTIFY.test(path) && lines.every((line) => line.startsWith('import type ')))
  )
    return [];
  return ['fastify'];
}

/** Bare package names that a text imports, without Node's own modules. */
export function packagesIn(text: string): string[] {
  return importsOf(text)
    .filter((name) => /^(?:@[a-z]|[a-z])[\w./-]*$/.test(name) && !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

/** Versions that leave a choice to the day of the install. */
export function versionBreaches({ dependencies, devDependencies }: PackageManifest): string[] {
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}: ${version}`);
}

/** Dependencies that nothing uses, and imports of the product that are no dependency. */
export function dependencyBreaches(
  { dependencies, devDependencies }: PackageManifest,
  product: readonly SourceFile[],
  tools: readonly SourceFile[],
  usedWithoutImport: Readonly<Record<string, string>>,
): string[] {
  const inProduct = new Set(product.filter((file) => !isSpec(file)).flatMap(({ text }) => packagesIn(text)));
  const anywhere = [...product, ...tools].map(({ text }) => text).join('\n');
  const all = { ...dependencies, ...devDependencies };
  const isTypesOfUsed = (name: string) =>
    name === '@types/node' || (name.startsWith('@types/') && name.slice('@types/'.length) in all);
  const isIdle = (name: string, uses: boolean) =>
    !uses && !(name in usedWithoutImport) && !isTypesOfUsed(name);
  return [
    ...Object.keys(dependencies)
      .filter((name) => isIdle(name, inProduct.has(name)))
      .map((name) => `${name}: unused`),
    ...Object.keys(devDependencies)
      .filter((name) => isIdle(name, anywhere.includes(`'${name}`)))
      .map((name) => `${name}: unused`),
    ...[...inProduct].filter((name) => !(name in dependencies)).map((name) => `${name}: not a dependency`),
    ...Object.keys(usedWithoutImport)
      .filter((name) => !(name in all))
      .map((name) => `${name}: excused but absent`),
  ];
}

/** Lock lines that name a host: they would tie an install to one registry. */
export function lockHostBreaches(lock: string): string[] {
  return lock.match(/"resolved": "(?:https?|git\+\w+):[^"]*"/g) ?? [];
}
