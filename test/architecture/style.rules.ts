import { isSpec, type SourceFile, withoutComments } from './source-files.js';

const MAX_FILE_LINES = 250;
const MAX_FUNCTION_LINES = 40;
const MAX_COLLABORATORS = 6;

/** Files, functions and constructors that grew past what one reads at a glance. Specs may be longer: they are lists. */
export function sizeBreaches(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !isSpec(file))
    .flatMap(({ path, text }) => {
      const lines = text.trimEnd().split('\n');
      const breaches = longFunctions(lines).map((each) => `${path}: ${each}`);
      if (lines.length > MAX_FILE_LINES) breaches.push(`${path}: ${lines.length} lines`);
      for (const [, parameters] of withoutComments(text).matchAll(/\bconstructor\(([\s\S]*?)\)\s*\{/g)) {
        const count = parameters!.match(/\b(?:private|protected)\s+readonly\b/g)?.length ?? 0;
        if (count > MAX_COLLABORATORS) breaches.push(`${path}: ${count} collaborators`);
      }
      return breaches;
    });
}

const FUNCTION = /^(?:export )?(?:async )?function\*? (\w+)/;
const METHOD = /^ {2}(?:(?:private|protected|public|static|override|async|get|set) )*\*?(\w+)(?:<.*>)?\(/;

/** Relies on the formatter: what starts at an indent ends with a bracket at the same indent. */
function longFunctions(lines: readonly string[]): string[] {
  const found: string[] = [];
  let isInClass = false;
  lines.forEach((line, at) => {
    if (/^(?:export )?(?:abstract )?class\b/.test(line)) isInClass = true;
    if (line === '}') isInClass = false;
    const name = FUNCTION.exec(line)?.[1] ?? (isInClass ? METHOD.exec(line)?.[1] : undefined);
    if (name === undefined || /[;}]$/.test(line)) return;
    const indent = /^ */.exec(line)![0];
    const end = lines.findIndex((each, index) => index > at && each === `${indent}}`);
    const length = end - at + 1;
    if (length > MAX_FUNCTION_LINES) found.push(`${name} has ${length} lines`);
  });
  return found;
}

/** Names that say nothing, or that say what the language already says. */
export function nameBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    const folder = /\/(utils?|helpers?|common|misc)\//.exec(path)?.[1];
    const classes = [...code.matchAll(/\bclass (\w*(?:Impl|Managers?|Utils?|Helpers?))\b/g)].map(
      (match) => match[1]!,
    );
    // "Memory manager" is the product's own word.
    const vague = classes.filter((name) => name !== 'MemoryManager');
    const prefixed = [...code.matchAll(/\binterface (I[A-Z][a-z]\w*)/g)].map((match) => match[1]!);
    return [...(folder ? [folder] : []), ...vague, ...prefixed].map((name) => `${path}: ${name}`);
  });
}

const SQL =
  /\bSELECT\b[^;]*\bFROM\b|\bINSERT\s+INTO\b|\bUPDATE\s+\w+\s+(?:\w+\s+)?SET\b|\bDELETE\s+FROM\b|\bSELECT\s+(?:1|pg_\w+)\b/;

/** Where a statement may stand, and why there. */
export const HOLDS_SQL: readonly (readonly [RegExp, string])[] = [
  [/\.repository\.ts$/, 'a repository is the home of SQL'],
  [/-statement\.ts$/, 'a long statement of a repository, in a file of its own'],
  [/^src\/database\//, 'locks, migrates and probes'],
  [/^src\/pipeline\/queue\/boss-database\.ts$/, 'lets the library of the queue use our connections'],
  [/^src\/audit\/audit-log\.ts$/, 'the one insert of the trail'],
  [/^src\/governance\/.*ledger[^/]*\.ts$/, 'reserves and settles budgets in single statements'],
  [
    /^src\/corpus\/documents\/(?:postgres-document\.writer|document-index)\.ts$/,
    'writes documents and their index in bulk',
  ],
];

/** Statements outside of the files that may hold them. */
export function sqlBreaches(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !isSpec(file) && !HOLDS_SQL.some(([pattern]) => pattern.test(file.path)))
    .flatMap(({ path, text }) => {
      const statement = SQL.exec(withoutComments(text));
      return statement ? [`${path}: ${statement[0].slice(0, 40)}`] : [];
    });
}
