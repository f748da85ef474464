import type { ImportedDocument } from '../../documents/imported-document.js';
import { type HtmlContent, HtmlContentReader, htmlText, isUnread } from '../html/html-text.js';
import { type HtmlAttributes, readHtmlTokens } from '../html/html-tokens.js';
import { storedText, storedTitle } from '../stored-text.js';
import { webAddressOf } from '../text/web-address.js';
import { writtenTimeOf } from '../text/written-time.js';

const TITLE = /<h1\b[^>]{0,500}>(.{0,2000}?)<\/h1>/is;
const PAGE_TITLE = /<title\b[^>]{0,500}>(.{0,2000}?)<\/title>/is;
const ADDRESS = /https?:\/\/(?:www\.)?linkedin\.com\/pulse\/[^"'\s<>]+/i;
const TIMES = {
  published: /class=["']published["'][^>]*>\s*Published on\s*([^<]{8,40})/i,
  created: /class=["']created["'][^>]*>\s*Created on\s*([^<]{8,40})/i,
};
/** What is looked at for title and times stands before the text. */
const HEAD_CHARS = 64 * 1024;

/** Whether a page is an article of the export. */
export function isArticlePage(begin: string): boolean {
  return /^<(?:!doctype|html|head|body)/i.test(begin) && (TIMES.created.test(begin) || ADDRESS.test(begin));
}

/** The document of an article, which the export holds as a page of its own; `name` is its file's. */
export function articleOf(html: string, name: string): ImportedDocument {
  const head = html.slice(0, HEAD_CHARS);
  const published = writtenTimeOf(TIMES.published.exec(head)?.[1] ?? null);
  const created = writtenTimeOf(TIMES.created.exec(head)?.[1] ?? null);
  const address = webAddressOf(ADDRESS.exec(head)?.[0]);
  const { text, attachments } = bodyOf(html);
  const isDraft = published === null && created !== null;
  return {
    externalId: `article:${address ?? storedText(name.replace(/\.html?$/i, ''))}`,
    threadId: null,
    authorRole: 'self',
    title: titleIn(head),
    text,
    url: address,
    createdAt: (published ?? created)?.iso ?? null,
    tags: isDraft ? ['article', 'draft'] : ['article'],
    attachments,
  };
}

/** The title is a link to the article. */
function titleIn(head: string): string | null {
  const title = TITLE.exec(head)?.[1] ?? PAGE_TITLE.exec(head)?.[1] ?? '';
  return storedTitle(htmlText(title.replaceAll(/<\/?a\b[^>]*>/gi, '')));
}

/** The page without its title and the lines of its times. */
function bodyOf(html: string): HtmlContent {
  const reader = new HtmlContentReader(
    (name: string, attributes: HtmlAttributes) =>
      isUnread(name) || name === 'h1' || /^(?:created|published)$/.test(attributes.get('class') ?? ''),
  );
  readHtmlTokens(html, reader);
  return reader.content();
}
