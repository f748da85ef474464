import { parseDocument } from 'yaml';
import { isoTimeOf } from '../import-time.js';
import { listOf, recordOf } from '../json-record.js';
import { labelsOf, nameOf } from '../text/label-list.js';
import { webAddressOf } from '../text/web-address.js';
import { writtenTimeOf } from '../text/written-time.js';
import { readFieldLines } from './field-lines.js';

/** What a text says about itself before it begins. */
export interface FrontMatter {
  readonly title: string | null;
  /** ISO 8601 in UTC. */
  readonly date: string | null;
  readonly tags: readonly string[];
  readonly url: string | null;
  readonly authorName: string | null;
  /** A drawing that a plug-in keeps in a note. */
  readonly isDrawing: boolean;
  /** What else it holds in words, as `key: value`. */
  readonly properties: readonly string[];
  /** The text itself, led by those lines of the front matter that are not understood. */
  readonly body: string;
}

type Fields = ReadonlyMap<string, readonly string[]>;

const BLOCK = /^---[ \t]*\n([\s\S]*?)\n?^(?:---|\.\.\.)[ \t]*(?:\n|$)/m;
/** More is data, which would take its time. */
const MAX_BLOCK_CHARS = 100_000;
const TAG_KEYS = ['tags', 'tag', 'keywords', 'categories', 'category'];
const DATE_KEYS = [
  'date',
  'created',
  'published',
  'created_at',
  'date created',
  'publishdate',
  'pubdate',
  'creation date',
];
const FACT_KEYS = new Set([
  ...TAG_KEYS,
  ...DATE_KEYS,
  'title',
  'url',
  'author',
  'authors',
  'aliases',
  'layout',
  'cssclasses',
  'mcg',
]);

/** Reads the YAML before a note or an article; needs `\n` as line end. */
export function readFrontMatter(text: string): FrontMatter {
  const match = text.startsWith('---') ? BLOCK.exec(text) : null;
  if (match === null || match.index !== 0) return { ...factsOf(new Map()), properties: [], body: text };
  const block = match[1]!;
  const lines = readFieldLines(block.split('\n'));
  const yaml = block.length > MAX_BLOCK_CHARS ? null : yamlFields(block);
  if (yaml === null) {
    return {
      ...factsOf(lines.fields),
      properties: [],
      body: [...lines.rest, text.slice(match[0].length)].join('\n'),
    };
  }
  // A tag with its sign is a comment to YAML.
  const fields = new Map([...yaml.fields, ...signedTags(lines.fields, yaml.fields)]);
  return { ...factsOf(fields), properties: yaml.properties, body: text.slice(match[0].length) };
}

function factsOf(fields: Fields): Omit<FrontMatter, 'body' | 'properties'> {
  const first = (...keys: string[]): string | null =>
    keys.map((key) => fields.get(key)?.[0] ?? '').find((value) => value !== '') ?? null;
  const tags = TAG_KEYS.flatMap((key) => fields.get(key) ?? []).flatMap((value) => value.split(','));
  if (first('draft') === 'true' || first('published') === 'false') tags.push('draft');
  return {
    title: first('title'),
    date: DATE_KEYS.map((key) => timeOf(first(key))).find((time) => time !== null) ?? null,
    tags: labelsOf(tags),
    url: webAddressOf(first('url', 'canonical', 'canonical_url', 'canonicalurl')),
    authorName: nameOf(first('author', 'authors')),
    isDrawing: first('excalidraw-plugin') !== null,
  };
}

/** The fields of a map of YAML, values as text; null where it is none. Aliases are not followed. */
function yamlFields(
  block: string,
): { readonly fields: Fields; readonly properties: readonly string[] } | null {
  const fields = new Map<string, readonly string[]>();
  const properties: string[] = [];
  try {
    const document = parseDocument(block, {
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
      stringKeys: true,
    });
    const map = document.errors.length > 0 ? null : recordOf(document.toJS({ maxAliasCount: 0 }));
    if (map === null) return null;
    for (const [key, value] of Object.entries(map)) {
      const values = valuesOf(value);
      fields.set(key.toLowerCase(), values);
      const words = listOf(Array.isArray(value) ? value : [value]).filter(isWords);
      if (!FACT_KEYS.has(key.toLowerCase()) && words.length > 0)
        properties.push(`${key}: ${words.join(', ')}`);
    }
  } catch {
    return null;
  }
  return { fields, properties };
}

function isWords(value: unknown): boolean {
  return typeof value === 'string' && /\p{L}/u.test(value) && timeOf(value) === null;
}

/** A value as texts: a list by its items, a person by the name; what is nested deeper is nothing of interest here. */
function valuesOf(value: unknown): string[] {
  const values = Array.isArray(value) ? listOf(value) : [value];
  return values
    .map((each) => recordOf(each)?.['name'] ?? each)
    .filter((each) => ['string', 'number', 'boolean'].includes(typeof each))
    .map((each) => String(each).trim());
}

function signedTags(lines: Fields, yaml: Fields): (readonly [string, readonly string[]])[] {
  return ['tags', 'tag'].flatMap((key) => {
    const written = lines.get(key);
    return (yaml.get(key)?.length ?? 0) === 0 && written !== undefined ? [[key, written] as const] : [];
  });
}

/** To the second. Times without a zone count as UTC, so that every machine reads the same. */
function timeOf(value: string | null): string | null {
  const iso = isoTimeOf(value) ?? writtenTimeOf(value)?.iso ?? null;
  return iso?.replace(/\.\d{3}Z$/, '.000Z') ?? null;
}
