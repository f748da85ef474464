import { type SourceFile, withoutComments } from './source-files.js';

interface Decorator {
  readonly name: string;
  readonly parameters: string;
  readonly end: number;
}

const ROUTES = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Sse'];
const INPUTS = ['Body', 'Query', 'Param', 'Headers'];
const RIGHTS = ['Scopes', 'Public'];

/** Request parameters that no schema checks. */
export function inputBreaches(controllers: readonly SourceFile[]): string[] {
  return controllers.flatMap(({ path, text }) =>
    decoratorGroups(withoutComments(text))
      .flat()
      .filter(({ name, parameters }) => INPUTS.includes(name) && !/[{,]\s*schema\b/.test(parameters))
      .map(({ name, parameters }) => `${path}: @${name}(${parameters}) has no schema`),
  );
}

/** Handlers that say neither who may call them nor that anyone may. */
export function rightsBreaches(controllers: readonly SourceFile[]): string[] {
  return controllers.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    const groups = decoratorGroups(code);
    const onClass = groups.filter((group) =>
      /^\s*export (?:abstract )?class\b/.test(code.slice(group.at(-1)!.end)),
    );
    if (onClass.some(hasRights)) return [];
    return groups
      .filter((group) => group.some(({ name }) => ROUTES.includes(name)) && !hasRights(group))
      .map((group) => `${path}: @${group[0]!.name}(${group[0]!.parameters}) has neither @Scopes nor @Public`);
  });
}

function hasRights(group: readonly Decorator[]): boolean {
  return group.some(({ name }) => RIGHTS.includes(name));
}

/** Decorators that stand together before one class, member or parameter. */
function decoratorGroups(code: string): Decorator[][] {
  const groups: Decorator[][] = [];
  const start = /@([A-Z]\w*)\(/g;
  for (let match = start.exec(code); match; match = start.exec(code)) {
    const end = closingBracket(code, start.lastIndex);
    const decorator = { name: match[1]!, parameters: code.slice(start.lastIndex, end - 1), end };
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (group && previous && code.slice(previous.end, match.index).trim() === '') group.push(decorator);
    else groups.push([decorator]);
    start.lastIndex = end;
  }
  return groups;
}

const STRING_OR_BRACKET = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|[()]/g;

/** The offset just behind the bracket that closes the one opened before `from`; brackets in strings do not count. */
function closingBracket(code: string, from: number): number {
  let depth = 1;
  for (const { 0: token, index } of code.slice(from).matchAll(STRING_OR_BRACKET)) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (depth === 0) return from + index + 1;
  }
  return code.length;
}
