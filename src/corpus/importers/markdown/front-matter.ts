/** What a text says about itself before it begins. */
export interface FrontMatter {
  readonly title: string | null;
  /** ISO 8601 in UTC. */
  readonly date: string | null;
  readonly tags: readonly string[];
  readonly url: string | null;
  /** The text itself, led by those lines of the front matter that are not simple `key: value` pairs or lists. */
  readonly body: string;
}

const BLOCK = /^---[ \t]*\n([\s\S]*?)\n?^(?:---|\.\.\.)[ \t]*(?:\n|$)/m;
const PAIR = /^([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?$/;
const LIST_ITEM = /^[ \t]*-[ \t]+(.*)$/;
const MAX_TAGS = 50;
const MAX_TAG_CHARS = 100;

/** Reads the simple subset of YAML that notes and articles use; needs `\n` as line end. */
export function readFrontMatter(text: string): FrontMatter {
  const match = text.startsWith('---') ? BLOCK.exec(text) : null;
  if (match === null || match.index !== 0)
    return { title: null, date: null, tags: [], url: null, body: text };
  const { fields, rest } = readFields(match[1]!.split('\n'));
  const first = (...keys: string[]): string | null =>
    keys.map((key) => fields.get(key)?.[0] ?? '').find((value) => value !== '') ?? null;
  return {
    title: first('title'),
    date: isoDate(first('date', 'created', 'published') ?? ''),
    tags: tagsOf([...(fields.get('tags') ?? []), ...(fields.get('tag') ?? [])]),
    url: webAddress(first('url', 'canonical', 'canonical_url')),
    body: [...rest, text.slice(match[0].length)].join('\n'),
  };
}

function readFields(lines: readonly string[]): { fields: Map<string, string[]>; rest: string[] } {
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

function tagsOf(values: readonly string[]): string[] {
  const tags = values
    .flatMap((value) => value.split(','))
    .map((tag) => tag.trim().replace(/^#/, '').slice(0, MAX_TAG_CHARS))
    .filter((tag) => tag !== '');
  return [...new Set(tags)].slice(0, MAX_TAGS);
}

/** Times without a zone count as UTC, so that every machine reads the same. */
function isoDate(value: string): string | null {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?[ ]?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      value,
    );
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = match;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(.\d{2}):?/, '$1:');
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function webAddress(value: string | null): string | null {
  if (value === null || !URL.canParse(value)) return null;
  return /^https?:$/.test(new URL(value).protocol) ? value : null;
}
