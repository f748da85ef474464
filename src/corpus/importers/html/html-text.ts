import { storedText } from '../stored-text.js';
import { linkSuffix } from './html-link.js';
import { emojiOf, mediaOf } from './html-media.js';
import { type HtmlAttributes, type HtmlTokenSink, readHtmlTokens } from './html-tokens.js';
import { PlainTextWriter } from './plain-text.writer.js';

/** What a page or a piece of one says, and what it shows beside it. */
export interface HtmlContent {
  readonly text: string;
  /** `image`, `video: A walk`, `embed: www.example.org`, … each once. */
  readonly attachments: readonly string[];
}

const MAX_ATTACHMENTS = 50;
const MAX_LINK_TEXT_CHARS = 1_000;
/** What is no text of the page. */
const UNREAD = new Set([
  'script',
  'style',
  'title',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'canvas',
  'audio',
  'video',
  'button',
  'select',
]);
const PARAGRAPHS = new Set('p h1 h2 h3 h4 h5 h6 table figure hr dl address fieldset details'.split(' '));
const LINES = new Set(
  'div section article header footer main aside nav body form tr dt dd figcaption caption center summary legend thead tbody tfoot'.split(
    ' ',
  ),
);
/** Poems and letters that only keep their lines. */
const NO_CODE = /\b(?:wp-block-verse|wp-block-preformatted|moz-quote-pre)\b/;

/**
 * The text of HTML, set in lines as Markdown does: quotes as `> `, lists as `- `, code fenced, links as `text (url)`.
 * Any text is HTML of some kind, so this never throws.
 */
export function htmlText(html: string): string {
  return htmlContent(html).text;
}

/** The text of HTML and what it shows that is no text. */
export function htmlContent(html: string): HtmlContent {
  const reader = new HtmlContentReader();
  readHtmlTokens(html, reader);
  if (!reader.endsUnread) return reader.content();
  // A tag that hides its content was never closed: better too much text than none.
  const whole = new HtmlContentReader(() => false);
  readHtmlTokens(html, whole);
  return whole.content();
}

type LeftOutRule = (name: string, attributes: HtmlAttributes) => boolean;

/** Whether an element never holds text of the page. */
export function isUnread(name: string): boolean {
  return UNREAD.has(name);
}

/** Reads tokens as text; for callers that walk a page themselves and want a part of it. */
export class HtmlContentReader implements HtmlTokenSink {
  readonly #writer = new PlainTextWriter();
  readonly #attachments = new Set<string>();
  #unreadTag: string | null = null;
  #unreadDepth = 0;
  #link: { readonly href: string; text: string } | null = null;

  /** `isLeftOut` tells the elements that are not read, with all that is in them. */
  constructor(private readonly isLeftOut: LeftOutRule = isUnread) {}

  get endsUnread(): boolean {
    return this.#unreadTag !== null;
  }

  content(): HtmlContent {
    return { text: storedText(this.#writer.finish()), attachments: [...this.#attachments] };
  }

  onText(text: string): void {
    if (this.#unreadTag !== null) return;
    this.#writer.write(text);
    if (this.#link !== null && this.#link.text.length < MAX_LINK_TEXT_CHARS) this.#link.text += text;
  }

  onOpen(name: string, attributes: HtmlAttributes): void {
    if (this.#unreadTag !== null) {
      if (name === this.#unreadTag) this.#unreadDepth++;
      return;
    }
    this.#show(name, attributes);
    if (this.isLeftOut(name, attributes)) {
      this.#unreadTag = name;
      this.#unreadDepth = 1;
    } else if (name === 'a') this.#openLink(attributes);
    else if (name === 'pre') this.#writer.beginPreformatted(!NO_CODE.test(attributes.get('class') ?? ''));
    else this.#openBlock(name);
  }

  onClose(name: string): void {
    if (this.#unreadTag !== null) {
      if (name === this.#unreadTag && --this.#unreadDepth === 0) this.#unreadTag = null;
      return;
    }
    if (name === 'a') this.#closeLink();
    else if (name === 'pre') this.#writer.endPreformatted();
    else this.#closeBlock(name);
  }

  #openBlock(name: string): void {
    const writer = this.#writer;
    if (name === 'br') writer.breakLine();
    else if (name === 'blockquote') writer.beginQuote();
    else if (name === 'ul' || name === 'ol' || name === 'menu') writer.beginList(name === 'ol');
    else if (name === 'li') writer.beginItem();
    else if (name === 'td' || name === 'th') writer.beginCell();
    else if (name === 'q') writer.write('“');
    else if (name === 'code' && !writer.isPreformatted) writer.write('`');
    else this.#separate(name);
  }

  #closeBlock(name: string): void {
    const writer = this.#writer;
    if (name === 'blockquote') writer.endQuote();
    else if (name === 'ul' || name === 'ol' || name === 'menu') writer.endList();
    else if (name === 'q') writer.write('”');
    else if (name === 'code' && !writer.isPreformatted) writer.write('`');
    else this.#separate(name);
  }

  #separate(name: string): void {
    if (PARAGRAPHS.has(name)) this.#writer.endParagraph();
    else if (LINES.has(name)) this.#writer.endLine();
  }

  #openLink(attributes: HtmlAttributes): void {
    this.#closeLink();
    this.#link = { href: attributes.get('href') ?? '', text: '' };
  }

  #closeLink(): void {
    if (this.#link === null) return;
    const { href, text } = this.#link;
    this.#link = null;
    if (!this.#writer.isPreformatted) this.#writer.append(linkSuffix(href, text));
  }

  #show(name: string, attributes: HtmlAttributes): void {
    const emoji = emojiOf(name, attributes);
    if (emoji !== null) {
      this.onText(emoji);
      return;
    }
    const media = mediaOf(name, attributes);
    if (media !== null && this.#attachments.size < MAX_ATTACHMENTS) this.#attachments.add(media);
  }
}
