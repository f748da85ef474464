import type { ImportedDocument } from '../../documents/imported-document.js';
import type { CsvValues } from '../csv/csv-rows.js';
import type { ImportEvent } from '../importer.port.js';
import { type JsonRecord, recordOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';
import { roleOfAuthor } from '../text/authorship.js';
import { countsTogether, givenParts } from '../text/given-parts.js';
import { labelsOf, nameOf } from '../text/label-list.js';
import { withoutEntities } from '../text/plain-entities.js';
import { webAddressOf } from '../text/web-address.js';
import { writtenTimeOf } from '../text/written-time.js';

/** A post or a comment, whatever file it comes from; empty texts where the source says nothing. */
export interface RedditItem {
  readonly kind: 'post' | 'comment';
  readonly id: string;
  /** The id of the comment or post that a comment answers. */
  readonly parent: string;
  /** An address or id that names the post a comment belongs to. */
  readonly link: string;
  readonly title: string;
  readonly body: string;
  readonly permalink: string;
  /** Where a post leads to. */
  readonly url: string;
  readonly subreddit: string;
  readonly author: string;
  readonly createdAt: string | null;
  readonly engagement: number | null;
}

const GONE = /^\[\s*(?:deleted|removed|deleted by user|removed by (?:reddit|moderator))\s*\]$/i;
const SITE = 'https://www.reddit.com';

/** A row of the tables that Reddit sends. */
export function itemOfRow(kind: RedditItem['kind'], values: CsvValues): RedditItem {
  const cell = (name: string) => values.get(name)?.trim() ?? '';
  return {
    kind,
    id: cell('id'),
    parent: cell('parent'),
    link: cell('link'),
    title: cell('title'),
    body: cell('body'),
    permalink: cell('permalink'),
    url: cell('url'),
    subreddit: cell('subreddit'),
    author: '',
    createdAt: writtenTimeOf(cell('date'))?.iso ?? null,
    engagement: null,
  };
}

/** A record as Reddit's API gives it; null for what is neither post nor comment. */
export function itemOfRecord(wrapped: JsonRecord): RedditItem | null {
  const record = recordOf(wrapped['data']) ?? wrapped;
  const isComment = typeof record['body'] === 'string';
  if (!isComment && typeof record['title'] !== 'string') return null;
  const text = (key: string) => stringOf(record[key]) ?? '';
  const subreddit = recordOf(record['subreddit'])?.['display_name'] ?? record['subreddit'];
  const created = record['created_utc'] ?? record['created'];
  return {
    kind: isComment ? 'comment' : 'post',
    id: text('name') === '' ? text('id') : text('name'),
    parent: text('parent_id'),
    link: text('link_id'),
    title: isComment ? text('link_title') : text('title'),
    body: isComment ? text('body') : text('selftext'),
    permalink: text('permalink'),
    url: isComment ? '' : text('url'),
    subreddit: stringOf(subreddit) ?? text('subreddit_name_prefixed'),
    author: stringOf(recordOf(record['author'])?.['name']) ?? text('author'),
    createdAt:
      writtenTimeOf(typeof created === 'number' ? String(Math.trunc(created)) : text('created_utc'))?.iso ??
      null,
    engagement: countsTogether([record['score'], record['num_comments']]),
  };
}

/** The document of an item, or why there is none. */
export function eventOf(item: RedditItem, selfNames: readonly string[], position: string): ImportEvent {
  const skipped = (reason: string): ImportEvent => ({ kind: 'skipped', position, reason });
  if (item.id === '') return { kind: 'skipped', position, reason: `${item.kind} without id`, isFault: true };
  if ([item.body, item.title].some((text) => GONE.test(text.trim()))) return skipped('deleted or removed');
  const document = documentOf(item, selfNames);
  return document.text === '' ? skipped(`${item.kind} without text`) : { kind: 'document', document };
}

function documentOf(item: RedditItem, selfNames: readonly string[]): ImportedDocument {
  const isPost = item.kind === 'post';
  const externalId = fullName(isPost ? 't3' : 't1', item.id);
  const thread = isPost ? externalId : threadOf(item);
  const title = storedTitle(withoutEntities(item.title));
  const body = storedText(withoutEntities(item.body)).trim();
  const parent = item.parent === '' ? thread : fullName('t1', item.parent);
  const authorName = nameOf(item.author);
  const target = isPost ? linkTarget(item) : null;
  return {
    externalId,
    threadId: thread,
    authorRole: roleOfAuthor(authorName, selfNames),
    title,
    // A post may be its title alone.
    text: body === '' && isPost ? (title ?? '') : body,
    url: addressOf(item.permalink),
    createdAt: item.createdAt,
    tags: labelsOf([item.kind, ...subredditTag(item.subreddit)]),
    attachments: target === null ? [] : [`link: ${target.slice(0, 300)}`],
    ...givenParts({ authorName, replyTo: isPost ? null : parent, engagement: item.engagement }),
  };
}

/** `t3_abc`: the tables leave out the kind before an id, or do not. */
function fullName(prefix: 't1' | 't3', id: string): string {
  const plain = storedText(id).trim().slice(0, 100).toWellFormed();
  return /^t\d_/.test(plain) ? plain : `${prefix}_${plain}`;
}

/** The post of a comment. */
function threadOf({ link, permalink }: RedditItem): string | null {
  if (/^t3_\w+$/.test(link)) return link;
  const id = [link, permalink].map((address) => /\/comments\/(\w{1,20})/.exec(address)?.[1]).find(Boolean);
  return id === undefined ? null : `t3_${id}`;
}

function addressOf(permalink: string): string | null {
  return webAddressOf(permalink.startsWith('/') ? `${SITE}${permalink}` : permalink);
}

/** Where a post leads, other than to itself. */
function linkTarget({ url, permalink }: RedditItem): string | null {
  const address = webAddressOf(withoutEntities(url));
  return address === null || (permalink !== '' && address.includes(permalink)) ? null : address;
}

function subredditTag(subreddit: string): string[] {
  const name = subreddit.replace(/^\/?r\//, '');
  return name === '' ? [] : [`r/${name}`];
}
