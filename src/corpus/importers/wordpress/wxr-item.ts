import { type HtmlContent, htmlContent, htmlText } from '../html/html-text.js';
import type { ImportEvent } from '../importer.port.js';
import { storedText, storedTitle } from '../stored-text.js';
import { roleOfAuthor } from '../text/authorship.js';
import { labelsOf, nameOf } from '../text/label-list.js';
import { webAddressOf } from '../text/web-address.js';
import { type WrittenTime, writtenTimeOf } from '../text/written-time.js';
import { childrenOf, childText, textOf, type XmlNode } from '../xml/xml-node.js';
import { shownMarkup } from './post-markup.js';

/** What an export says of itself before its items. */
export interface WxrSite {
  readonly address: string;
  /** By login. */
  readonly displayNames: ReadonlyMap<string, string>;
  readonly selfNames: readonly string[];
}

/** Types of what a person sees as parts of a site, not as texts of it. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['attachment', 'media file, not a text'],
  ['nav_menu_item', 'menu item, not a text'],
  ['revision', 'former state of a text'],
  ['feedback', 'message of a visitor'],
  ['flamingo_inbound', 'message of a visitor'],
]);
const SETTINGS =
  /^(?:wp_(?!block$)|custom_css$|customize_changeset$|oembed_cache$|user_request$|acf-|elementor_|wpcf7_|shop_|product_variation|jp_|jetpack_|amp_|mc4wp|tablepress|ml-slider|popup)/;
const UNPUBLISHED: ReadonlyMap<string, string> = new Map([
  ['draft', 'draft, not published'],
  ['auto-draft', 'draft, not published'],
  ['pending', 'draft, not published'],
  ['future', 'scheduled, not published'],
  ['private', 'private, not published'],
  ['trash', 'in the trash'],
]);

/** Whether an item is a text for readers; else why it is left out. */
export function reasonToLeaveOut(item: XmlNode): string | null {
  const type = childText(item, 'wp', 'post_type') ?? 'post';
  const status = (childText(item, 'wp', 'status') ?? 'publish').toLowerCase();
  const part = PARTS.get(type) ?? (SETTINGS.test(type) ? 'setting of the site, not a text' : null);
  return part ?? UNPUBLISHED.get(status) ?? null;
}

/** The document of a published item, or why there is none. */
export function readItem(item: XmlNode, site: WxrSite, position: string): ImportEvent {
  const left = reasonToLeaveOut(item);
  if (left !== null) return { kind: 'skipped', position, reason: left };
  const { text, attachments } = contentOf(item);
  if (text === '') return { kind: 'skipped', position, reason: 'post without text' };
  const login = childText(item, 'dc', 'creator');
  const authorName = nameOf(login === null ? null : (site.displayNames.get(login) ?? login));
  const names = [login, authorName].filter((name) => name !== null);
  const isSelf = names.length === 0 || names.some((name) => roleOfAuthor(name, site.selfNames) === 'self');
  return {
    kind: 'document',
    document: {
      externalId: idOf(item, site),
      threadId: null,
      authorRole: isSelf ? 'self' : 'other',
      title: storedTitle(htmlText(childText(item, '', 'title') ?? '')),
      text: storedText(text),
      url: webAddressOf(childText(item, '', 'link')),
      createdAt: timeOf(item)?.iso ?? null,
      tags: tagsOf(item),
      attachments: [...attachments, ...enclosuresOf(item)],
      ...(authorName === null ? {} : { authorName }),
    },
  };
}

/** The content; where there is none that can be read, the excerpt that was shown for it. */
function contentOf(item: XmlNode): HtmlContent {
  const content = htmlContent(shownMarkup(childText(item, 'content', 'encoded') ?? ''));
  if (content.text !== '') return content;
  return { ...content, text: htmlText(shownMarkup(childText(item, 'excerpt', 'encoded') ?? '')) };
}

/** Comments under an item, which are others' words or answers to them. */
export function commentCount(item: XmlNode): number {
  return childrenOf(item, 'wp', 'comment').length;
}

/** When an item was published; null where it does not say. */
export function timeOf(item: XmlNode): WrittenTime | null {
  const gmt = writtenTimeOf(childText(item, 'wp', 'post_date_gmt'));
  if (gmt !== null) return { ...gmt, hasZone: true };
  return writtenTimeOf(childText(item, '', 'pubdate')) ?? writtenTimeOf(childText(item, 'wp', 'post_date'));
}

/** The number of the post within its site: the same in every export, whatever becomes of its title and address. */
function idOf(item: XmlNode, site: WxrSite): string {
  const number = childText(item, 'wp', 'post_id');
  if (number !== null) return storedText(`${site.address}?p=${number}`).slice(0, 500);
  return storedText(
    childText(item, '', 'guid') ?? childText(item, '', 'link') ?? childText(item, 'wp', 'post_name') ?? '',
  ).slice(0, 500);
}

function tagsOf(item: XmlNode): string[] {
  const labels = childrenOf(item, '', 'category')
    .filter((each) => ['category', 'post_tag', 'tag', undefined].includes(each.attributes.get('domain')))
    .map((each) => htmlText(textOf(each)));
  const type = childText(item, 'wp', 'post_type') ?? 'post';
  if (type !== 'post') labels.push(type === 'page' ? 'page' : `type:${type}`);
  if (childText(item, 'wp', 'post_password') !== null) labels.push('protected');
  return labelsOf(labels);
}

function enclosuresOf(item: XmlNode): string[] {
  return childrenOf(item, '', 'enclosure').map((each) => {
    const kind = /^(image|audio|video)\//.exec(each.attributes.get('type') ?? '')?.[1];
    return kind ?? 'file';
  });
}
