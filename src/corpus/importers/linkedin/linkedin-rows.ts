import { sha256Hex } from '../../../shared/index.js';
import type { ImportedDocument } from '../../documents/imported-document.js';
import type { CsvValueRow } from '../csv/csv-file.reader.js';
import { htmlContent } from '../html/html-text.js';
import type { ImportEvent } from '../importer.port.js';
import { storedText, storedTitle } from '../stored-text.js';
import { hashtagsIn } from '../text/hashtags.js';
import { labelsOf } from '../text/label-list.js';
import { webAddressOf } from '../text/web-address.js';
import { writtenTimeOf } from '../text/written-time.js';
import { withoutLineQuotes } from './share-quotes.js';

/** The tables of an export that hold what its owner wrote. */
export type TableForm = 'shares' | 'comments' | 'articles' | 'recommendations';

const URN = /urn:li:(\w+):(\d+)/;
const TAG = /<\/?[a-z][a-z\d]*(?:\s[^<>]*)?\/?>/i;

/** What each kind of row becomes. */
export const ROW_EVENTS: Readonly<
  Record<TableForm, (row: CsvValueRow, position: string) => Iterable<ImportEvent>>
> = {
  shares: (row, position) => [eventOf(shareOf(cellsOf(row)), position, 'share without text')],
  comments: (row, position) => [eventOf(commentOf(cellsOf(row)), position, 'comment without text')],
  articles: (row, position) => [eventOf(articleOf(cellsOf(row)), position, 'article without text')],
  recommendations: (row, position) => [
    eventOf(recommendationOf(cellsOf(row)), position, 'recommendation without text'),
  ],
};

/** The name of a column without what changed in it over the years: `Share Commentary`, `ShareCommentary`. */
export function plainColumn(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

type Cell = (...names: readonly string[]) => string;

/** The values of a row; text behind the last column belongs to that column, which was written without quotes. */
function cellsOf({ values, extra }: CsvValueRow): Cell {
  const cells = new Map<string, string>();
  for (const [name, value] of values) if (name !== '') cells.set(plainColumn(name), value);
  const last = [...cells.keys()].at(-1);
  const rest = extra.some((value) => value.trim() !== '') ? extra : [];
  if (last !== undefined && rest.length > 0) cells.set(last, [cells.get(last)!, ...rest].join(','));
  return (...names) => {
    const found = names.map((name) => cells.get(name)?.trim() ?? '').find((value) => value !== '');
    return storedText(withoutLineQuotes(found ?? '')).trim();
  };
}

function eventOf(document: ImportedDocument, position: string, without: string): ImportEvent {
  return document.text === ''
    ? { kind: 'skipped', position, reason: without }
    : { kind: 'document', document };
}

function shareOf(cell: Cell): ImportedDocument {
  const link = cell('sharelink', 'postlink', 'link', 'url');
  const text = cell('sharecommentary', 'commentary', 'text', 'content', 'message');
  const date = cell('date', 'createddate', 'publisheddate');
  const visibility = cell('visibility').toLowerCase();
  const attached = [cell('sharedurl'), cell('mediaurl')];
  return {
    ...base(text, date, link),
    externalId: link === '' ? `share:${date}:${digestOf(text)}` : `share:${urnOf(link) ?? link}`,
    threadId: threadOf(link),
    tags: labelsOf([
      ...(/^[a-z_ ]{1,40}$/.test(visibility) ? [`visibility:${visibility}`] : []),
      ...hashtagsIn(text),
    ]),
    attachments: [
      ...(attached[0] === '' ? [] : [`link: ${attached[0]!.slice(0, 300)}`]),
      ...(attached[1] === '' ? [] : ['media']),
    ],
  };
}

function commentOf(cell: Cell): ImportedDocument {
  const link = cell('link', 'url');
  const text = cell('message', 'comment', 'text').replaceAll('\\"', '"');
  const date = cell('date', 'createddate');
  const thread = threadOf(link);
  const isTimed = /\d\d:\d\d:\d\d/.test(date);
  return {
    ...base(text, date, link),
    // Nothing names a comment: where and when it was written does, and without these its text.
    externalId: `comment:${urnOf(link) ?? link}:${date}${isTimed && link !== '' ? '' : `:${digestOf(text)}`}`,
    threadId: thread,
    tags: labelsOf(['comment', ...hashtagsIn(text)]),
    ...(thread === null ? {} : { replyTo: `share:${urnOf(link)}` }),
  };
}

function articleOf(cell: Cell): ImportedDocument {
  const body = cell('content', 'body', 'text');
  const { text, attachments } = TAG.test(body) ? htmlContent(body) : { text: body, attachments: [] };
  const link = cell('url', 'link', 'permalink');
  const title = storedTitle(cell('title'));
  const date = cell('date', 'publisheddate', 'publishedat', 'createddate');
  return {
    ...base(text, date, link),
    externalId: `article:${link === '' ? (title ?? digestOf(text)) : link}`,
    title,
    tags: ['article'],
    attachments,
  };
}

function recommendationOf(cell: Cell): ImportedDocument {
  const text = cell('text');
  const date = cell('creationdate', 'date');
  const name = storedTitle(`${cell('firstname')} ${cell('lastname')}`);
  return {
    ...base(text, date, ''),
    externalId: `recommendation:${name ?? ''}:${date}`,
    title: name,
    tags: ['recommendation'],
  };
}

/** Times of the export are in UTC. */
function base(text: string, date: string, link: string): ImportedDocument {
  return {
    externalId: '',
    threadId: null,
    authorRole: 'self',
    title: null,
    text,
    url: webAddressOf(link),
    createdAt: writtenTimeOf(date)?.iso ?? null,
    tags: [],
    attachments: [],
  };
}

function threadOf(link: string): string | null {
  const urn = urnOf(link);
  return urn === null ? null : `share:${urn}`;
}

/** `share:7012` of an address that holds `urn%3Ali%3Ashare%3A7012`; null where it names no post. */
function urnOf(link: string): string | null {
  const match = URN.exec(link.replaceAll(/%3A/gi, ':'));
  return match === null ? null : `${match[1]}:${match[2]}`;
}

function digestOf(text: string): string {
  return sha256Hex(text).slice(0, 16);
}
