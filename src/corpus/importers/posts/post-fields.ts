import type { CsvValues } from '../csv/csv-rows.js';
import { type HtmlContent, htmlContent, htmlText } from '../html/html-text.js';
import type { ImportEvent } from '../importer.port.js';
import { type JsonRecord, listOf, recordOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';
import { roleOfAuthor } from '../text/authorship.js';
import { labelsOf, nameOf } from '../text/label-list.js';
import { webAddressOf } from '../text/web-address.js';
import { writtenTimeOf } from '../text/written-time.js';

/** Under which names the exports of publishing services keep what a post has, the best first. */
const TEXT_KEYS = [
  ...[
    'html',
    'content_html',
    'body_html',
    'html_body',
    'contenthtml',
    'body',
    'content',
    'post_content',
    'text',
  ],
  ...[
    'markdown',
    'body_markdown',
    'content_markdown',
    'plaintext',
    'content_text',
    'content_free_web',
    'description',
    'summary',
  ],
];
const TITLE_KEYS = [
  'title',
  'subject',
  'web_title',
  'name',
  'headline',
  'post_title',
  'subject_line',
  'email_subject_line',
];
const ID_KEYS = ['id', 'guid', 'uuid', 'post_id', 'url', 'link', 'slug', 'permalink'];
const TIME_KEYS = [
  ...[
    'published_at',
    'publish_date',
    'date_published',
    'post_date',
    'published',
    'pubdate',
    'publishdate',
    'date',
    'sent_at',
  ],
  ...['created_at', 'created', 'creation_date', 'updated_at', 'date_modified'],
];
const TAG_KEYS = ['tags', 'categories', 'category', 'keywords', 'content_tags'];
const AUTHOR_KEYS = ['author', 'authors', 'author_name', 'byline', 'creator', 'primary_author'];
const TAG = /<\/?[a-z][a-z\d]*(?:\s[^<>]*)?\/?>/i;
const MAX_ID_CHARS = 500;

/** A post by its fields, whatever file it comes from. */
export type PostFields = JsonRecord;

/** Whether fields of these names are those of posts: a title, and a text of some length. */
export function arePostNames(names: readonly string[]): boolean {
  const plain = names.map(plainName);
  const hasText = TEXT_KEYS.slice(0, -2).some((key) => plain.includes(key));
  return hasText && TITLE_KEYS.some((key) => plain.includes(key)) && !plain.includes('subreddit');
}

/** The document of a post, or why there is none. */
export function readPost(fields: PostFields, selfNames: readonly string[], position: string): ImportEvent {
  const post = new Map(Object.entries(fields).map(([name, value]) => [plainName(name), value]));
  const left = reasonToLeaveOut(post);
  if (left !== null) return { kind: 'skipped', position, reason: left };
  const first = (keys: readonly string[]) =>
    keys.map((key) => asText(post.get(key))).find((text) => text !== '') ?? null;
  const content = contentOf(first(TEXT_KEYS) ?? '');
  const text = storedText(content.text).trim();
  if (text === '') return { kind: 'skipped', position, reason: 'post without text' };
  const title = storedTitle(htmlText(first(TITLE_KEYS) ?? ''));
  const createdAt =
    TIME_KEYS.map((key) => writtenTimeOf(asText(post.get(key)))?.iso ?? null).find((iso) => iso !== null) ??
    null;
  const authorName = nameOf(first(AUTHOR_KEYS));
  return {
    kind: 'document',
    document: {
      externalId: storedText(first(ID_KEYS) ?? `${createdAt ?? ''} ${title ?? text.slice(0, 200)}`)
        .slice(0, MAX_ID_CHARS)
        .toWellFormed(),
      threadId: null,
      authorRole: roleOfAuthor(authorName, selfNames),
      title,
      text,
      url: webAddressOf(first(['url', 'canonical_url', 'link', 'web_url', 'permalink', 'external_url'])),
      createdAt,
      tags: labelsOf(TAG_KEYS.flatMap((key) => labelsIn(post.get(key)))),
      attachments: content.attachments,
      ...(authorName === null ? {} : { authorName }),
    },
  };
}

/** The fields of a row of a table. */
export function fieldsOfRow(values: CsvValues): PostFields {
  return Object.fromEntries(values);
}

function reasonToLeaveOut(post: ReadonlyMap<string, unknown>): string | null {
  const status =
    ['status', 'state', 'post_status']
      .map((key) => asText(post.get(key)).toLowerCase())
      .find((each) => each !== '') ?? '';
  if (/^(?:draft|unpublished|pending)/.test(status)) return 'draft, not published';
  if (/^(?:scheduled|future)$/.test(status)) return 'scheduled, not published';
  if (/^(?:trash|deleted|archived_deleted)/.test(status)) return 'in the trash';
  if (status === 'private') return 'private, not published';
  const isDraft = asText(post.get('draft')).toLowerCase() === 'true';
  const isHeldBack = ['published', 'is_published'].some(
    (key) => asText(post.get(key)).toLowerCase() === 'false',
  );
  return isDraft || isHeldBack ? 'draft, not published' : null;
}

function contentOf(text: string): HtmlContent {
  return TAG.test(text) ? htmlContent(text) : { text, attachments: [] };
}

function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}

/** A value as text: of a person or tag its name, of a list its first. */
function asText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return asText(listOf(value)[0]);
  const record = recordOf(value);
  return record === null ? '' : asText(record['name'] ?? record['rendered'] ?? record['web'] ?? '');
}

function labelsIn(value: unknown): string[] {
  if (Array.isArray(value)) return listOf(value).map(asText);
  return asText(value).split(/[,;|]/);
}
