const PAIR = /^([A-Za-z][\w -]{0,60}?)[ \t]*:(?:[ \t]+(.*))?$/;
const LIST_ITEM = /^[ \t]*-[ \t]+(.*)$/;

/** Reads lines of `key: value` and lists, and gives back the lines that are neither: for what YAML cannot read. */
export function readFieldLines(lines: readonly string[]): { fields: Map<string, string[]>; rest: string[] } {
  const fields = new Map<string, string[]>();
  const rest: string[] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    const pair = PAIR.exec(line);
    const item = LIST_ITEM.exec(line);
    if (pair !== null) {
      open = valuesOf(pair[2] ?? '');
      fields.set(pair[1]!.toLowerCase(), open);
    } else if (item !== null && open !== null) {
      open.push(unquoted(item[1]!));
    } else if (line.trim() !== '' && !line.trimStart().startsWith('#')) {
      open = null;
      rest.push(line);
    }
  }
  return { fields, rest };
}

function valuesOf(value: string): string[] {
  const trimmed = value.trim();
  if (trimmed === '') return [];
  if (!/^\[.*\]$/.test(trimmed)) return [unquoted(trimmed)];
  return trimmed.slice(1, -1).split(',').map(unquoted);
}

function unquoted(value: string): string {
  const trimmed = value.trim();
  return /^(["']).*\1$/.exec(trimmed) === null ? trimmed : trimmed.slice(1, -1);
}
