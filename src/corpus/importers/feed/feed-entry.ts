import type { HtmlContent } from '../html/html-text.js';
import type { ImportEvent } from '../importer.port.js';
import { storedText, storedTitle } from '../stored-text.js';
import { roleOfAuthor } from '../text/authorship.js';
import { labelsOf, nameOf } from '../text/label-list.js';
import { webAddressOf } from '../text/web-address.js';
import { type WrittenTime, writtenTimeOf } from '../text/written-time.js';
import { childrenOf, childText, textOf, type XmlNode } from '../xml/xml-node.js';
import { reasonToLeaveOut } from './blogger-entry.js';
import { contentOf, titleOf } from './feed-text.js';

/** Where an entry's text stands, the fullest first. */
const TEXTS = [
  ['content', 'encoded'],
  ['', 'content'],
  ['xhtml', 'body'],
  ['xhtml', 'div'],
  ['', 'description'],
  ['', 'summary'],
  ['dc', 'description'],
  ['itunes', 'summary'],
  ['media', 'description'],
] as const;
const TIMES = [
  ['', 'published'],
  ['', 'pubdate'],
  ['', 'issued'],
  ['dc', 'date'],
  ['dc', 'issued'],
  ['', 'created'],
  ['dc', 'created'],
  ['', 'updated'],
  ['', 'modified'],
  ['dc', 'modified'],
] as const;
const MAX_ID_CHARS = 500;

/** What a feed says of itself that holds for its entries. */
export interface FeedContext {
  readonly authorName: string | null;
  readonly selfNames: readonly string[];
}

/** The document of an entry, or why there is none. */
export function readEntry(entry: XmlNode, feed: FeedContext, position: string): ImportEvent {
  const left = reasonToLeaveOut(entry);
  if (left !== null) return { kind: 'skipped', position, reason: left };
  const title =
    childrenOf(entry, '', 'title')
      .map(titleOf)
      .find((each) => each !== '') ?? childText(entry, 'dc', 'title');
  const content = fullestContent(entry);
  const text = storedText(content.text === '' ? (title ?? '') : content.text).trim();
  if (text === '') return { kind: 'skipped', position, reason: 'entry without text' };
  const authorName = authorOf(entry) ?? feed.authorName;
  const replyTo = childrenOf(entry, 'thr', 'in-reply-to')[0]?.attributes.get('ref');
  return {
    kind: 'document',
    document: {
      externalId: idOf(entry, title ?? text),
      threadId: null,
      authorRole: roleOfAuthor(authorName, feed.selfNames),
      title: content.text === '' ? null : storedTitle(title),
      text,
      url: linkOf(entry),
      createdAt: timeOf(entry)?.iso ?? null,
      tags: tagsOf(entry),
      attachments: [...new Set([...content.attachments, ...enclosuresOf(entry)])],
      ...(authorName === null ? {} : { authorName }),
      ...(replyTo === undefined ? {} : { replyTo: storedText(replyTo).slice(0, MAX_ID_CHARS) }),
    },
  };
}

/** When an entry was published, or else when it was last changed. */
export function timeOf(entry: XmlNode): WrittenTime | null {
  for (const [space, name] of TIMES) {
    const time = writtenTimeOf(childText(entry, space, name));
    if (time !== null) return time;
  }
  return null;
}

/** Who is named as the author by an entry, or by a feed as a whole. */
export function authorOf(node: XmlNode): string | null {
  for (const author of [...childrenOf(node, '', 'author'), ...childrenOf(node, '', 'managingeditor')]) {
    const name = nameOf(childText(author, '', 'name')) ?? nameOf(bareName(ownText(author)));
    if (name !== null) return name;
  }
  return nameOf(childText(node, 'dc', 'creator')) ?? nameOf(childText(node, 'itunes', 'author'));
}

/** RSS asks for `address (Name)`. */
function bareName(written: string): string {
  return /^\S+@\S+\s*\((.+)\)$/.exec(written.trim())?.[1] ?? written;
}

function ownText(node: XmlNode): string {
  return node.content.filter((each) => typeof each === 'string').join('');
}

function fullestContent(entry: XmlNode): HtmlContent {
  for (const [space, name] of TEXTS) {
    for (const node of childrenOf(entry, space, name)) {
      const content = contentOf(node);
      if (content.text !== '') return content;
    }
  }
  return { text: '', attachments: [] };
}

/** An entry without an id is known by its address, and without one by its words and time. */
function idOf(entry: XmlNode, words: string): string {
  const id =
    childText(entry, '', 'id') ??
    childText(entry, '', 'guid') ??
    entry.attributes.get('about') ??
    linkOf(entry) ??
    childText(entry, 'dc', 'identifier') ??
    `${timeOf(entry)?.iso ?? ''} ${words}`;
  return storedText(id).trim().slice(0, MAX_ID_CHARS).toWellFormed();
}

function linkOf(entry: XmlNode): string | null {
  const links = childrenOf(entry, '', 'link');
  const alternate = links.find((link) => (link.attributes.get('rel') ?? 'alternate') === 'alternate');
  const guid = childrenOf(entry, '', 'guid').find((each) => each.attributes.get('ispermalink') !== 'false');
  return (
    webAddressOf(alternate?.attributes.get('href')) ??
    webAddressOf(links.map((link) => textOf(link).trim()).find((text) => text !== '')) ??
    webAddressOf(guid && textOf(guid)) ??
    webAddressOf(childText(entry, '', 'id'))
  );
}

function tagsOf(entry: XmlNode): string[] {
  const categories = childrenOf(entry, '', 'category')
    .filter((each) => !each.attributes.get('scheme')?.includes('#kind'))
    .map((each) => each.attributes.get('label') ?? each.attributes.get('term') ?? textOf(each));
  const subjects = childrenOf(entry, 'dc', 'subject').map(textOf);
  const keywords = childrenOf(entry, 'itunes', 'keywords').flatMap((each) => textOf(each).split(','));
  return labelsOf([...categories, ...subjects, ...keywords]);
}

function enclosuresOf(entry: XmlNode): string[] {
  const linked = childrenOf(entry, '', 'link').filter((link) => link.attributes.get('rel') === 'enclosure');
  const media = childrenOf(entry, 'media', 'content');
  return [...childrenOf(entry, '', 'enclosure'), ...linked, ...media].map((each) => {
    const type = each.attributes.get('type') ?? each.attributes.get('medium') ?? '';
    return /^(?:image|audio|video)/.exec(type)?.[0] ?? 'file';
  });
}
