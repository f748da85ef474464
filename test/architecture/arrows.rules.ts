import { posix } from 'node:path';
import { isSpec, type SourceFile, withoutComments } from './source-files.js';

/** The modules in their order; a module may import those whose numbers it lists. */
const MODULES: Readonly<Record<string, { readonly number: number; readonly mayImport: readonly number[] }>> =
  {
    shared: { number: 1, mayImport: [] },
    config: { number: 2, mayImport: [1] },
    telemetry: { number: 3, mayImport: [1, 2] },
    database: { number: 4, mayImport: [1, 2, 3] },
    redis: { number: 4, mayImport: [1, 2, 3] },
    audit: { number: 5, mayImport: [1, 2, 3, 4] },
    auth: { number: 6, mayImport: [1, 2, 3, 4, 5] },
    memory: { number: 7, mayImport: [1, 2, 3, 6] },
    cache: { number: 8, mayImport: [1, 2, 3, 4, 6, 7] },
    provider: { number: 9, mayImport: [1, 2, 3, 4, 6] },
    qa: { number: 10, mayImport: [1, 2, 3, 6] },
    corpus: { number: 11, mayImport: [1, 2, 3, 4, 5, 6, 7, 8, 10] },
    governance: { number: 12, mayImport: [1, 2, 3, 4, 5, 6, 10] },
    optimizer: { number: 13, mayImport: [1, 2, 3, 6, 7, 8, 10] },
    pipeline: { number: 14, mayImport: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] },
  };
/** Where the outside comes in. They may use every module; no module may use them. */
const DOORS: readonly string[] = ['openai-api', 'console', 'health', 'metrics', 'cli', 'http'];
/** Files directly in `src` put the parts together and start them. */
const ENTRY = '(entry)';

/** Every specifier that a text imports or re-exports, static or dynamic. */
export function importsOf(text: string): string[] {
  return [...withoutComments(text).matchAll(/\b(?:from|import|require)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(
    (match) => match[1]!,
  );
}

/** Imports that point up the list of modules, or past another module's `index.ts`. */
export function arrowBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    importsOf(file.text)
      .filter((specifier) => specifier.startsWith('.'))
      .flatMap((specifier) => {
        const target = posix.join(posix.dirname(file.path), specifier).replace(/\.js$/, '.ts');
        const reason = breachOf(file, target);
        return reason === null ? [] : [`${file.path} → ${target}: ${reason}`];
      }),
  );
}

function breachOf(file: SourceFile, target: string): string | null {
  const source = partOf(file.path);
  if (!target.startsWith('src/')) return outsideBreach(file, source, target);
  const wanted = partOf(target);
  if (source === wanted) return null;
  if (wanted !== ENTRY && target !== `src/${wanted}/index.ts`) return 'only the index.ts of a module is open';
  if (source === ENTRY || DOORS.includes(source)) return null;
  if (DOORS.includes(wanted) || wanted === ENTRY) return 'nothing but an entry file or a door imports this';
  const row = MODULES[source];
  const number = MODULES[wanted]?.number;
  if (!row || number === undefined) return 'a module is missing in the list';
  return row.mayImport.includes(number) ? null : `${source} may not import ${wanted}`;
}

function outsideBreach(file: SourceFile, source: string, target: string): string | null {
  if (isSpec(file) && target.startsWith('test/')) return null;
  if (source === 'database' && target === 'migrations/index.ts') return null;
  return 'outside of src';
}

function partOf(path: string): string {
  const [, first, ...rest] = path.split('/');
  return rest.length === 0 ? ENTRY : first!;
}

/** Ways around the arrows: modules that know each other, look-ups at run time, and global modules but config. */
export function hiddenCouplingBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    const found: string[] = code.match(/\b(?:forwardRef|ModuleRef)\b/g) ?? [];
    if (!path.startsWith('src/config/')) found.push(...(code.match(/@Global\b|\bglobal: true/g) ?? []));
    return found.map((word) => `${path}: ${word}`);
  });
}

/** The environment is read in one place. Specs may name it: they hold texts that speak of it. */
export function environmentBreaches(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !file.path.startsWith('src/config/') && !isSpec(file))
    .filter(({ text }) =>
      /\bprocess\s*(?:\.\s*env|\[\s*['"]env['"])|\benv\b[^;]*from 'node:process'/.test(withoutComments(text)),
    )
    .map(({ path }) => `${path}: reads process.env`);
}

const TIME_OR_ID = /\b(?:Date\.now|performance\.now|randomUUID|Math\.random)\(|\bnew Date\(\)/g;
/** The lock compares a file's time, which the system writes, and works before anything is injected. */
const OWN_TIME = ['src/shared/clock.ts', 'src/shared/ids.ts', 'src/database/data-folder.lock.ts'];

/** Time and ids come from `Clock` and `Ids`, so that a run can be repeated. */
export function timeAndIdBreaches(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !OWN_TIME.includes(file.path) && !isSpec(file))
    .flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(TIME_OR_ID)].map((match) => `${path}: ${match[0]}`),
    );
}
