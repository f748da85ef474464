import { type HtmlContent, htmlContent, htmlText } from '../html/html-text.js';
import { markupOf, textOf, type XmlNode } from '../xml/xml-node.js';

const TAG = /<\/?[a-z][a-z\d]*(?:\s[^<>]*)?\/?>/i;
const ENTITY = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]{1,30});/i;
const NONE: HtmlContent = { text: '', attachments: [] };

/** What an element says, whether its content is markup, escaped markup, plain or packed. */
export function contentOf(node: XmlNode): HtmlContent {
  if (node.content.some((each) => typeof each !== 'string')) return htmlContent(markupOf(node));
  const type = (node.attributes.get('type') ?? '').toLowerCase();
  if (node.attributes.get('mode') === 'base64') return textContent(unpacked(textOf(node)), type);
  if (/^(?:image|audio|video|application\/(?!.*xml))/.test(type)) return NONE;
  return textContent(textOf(node), type);
}

/** A title in one line. */
export function titleOf(node: XmlNode): string {
  return contentOf(node).text.replaceAll(/\s+/g, ' ').trim();
}

/** Feeds rarely say whether they escaped markup: what looks like it is taken for it, unless it is called plain. */
function textContent(text: string, type: string): HtmlContent {
  if (type === 'html' || type.includes('html') || TAG.test(text)) {
    const isPlain = type === 'text' || type === 'text/plain';
    if (!isPlain) return htmlContent(text);
  }
  return { text: plainLines(ENTITY.test(text) ? decoded(text) : text), attachments: [] };
}

/** Entities that the feed's own XML does not know, in a text without tags, whose lines stay. */
function decoded(text: string): string {
  return text
    .replaceAll('<', '&lt;')
    .split('\n')
    .map((line) => htmlText(line))
    .join('\n');
}

function plainLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.replaceAll(/[ \t\u00a0]+/g, ' ').trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function unpacked(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
