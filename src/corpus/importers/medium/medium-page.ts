import { type HtmlContent, HtmlContentReader } from '../html/html-text.js';
import { type HtmlAttributes, type HtmlTokenSink, readHtmlTokens } from '../html/html-tokens.js';

/** A post as Medium exports it. */
export interface MediumPage {
  readonly title: string;
  readonly content: HtmlContent;
  readonly authorName: string;
  readonly publishedAt: string | null;
  /** Where it is published; null for a draft. */
  readonly canonicalUrl: string | null;
  readonly tags: readonly string[];
}

type Field = 'title' | 'author' | 'tag';

export function readMediumPage(html: string): MediumPage {
  const reader = new MediumReader();
  readHtmlTokens(html, reader);
  return reader.page();
}

class MediumReader implements HtmlTokenSink {
  readonly #body = new HtmlContentReader();
  #part: 'head' | 'body' | 'foot' = 'head';
  #field: Field | null = null;
  #title = '';
  #author = '';
  #tag = '';
  readonly #tags: string[] = [];
  #publishedAt: string | null = null;
  #canonicalUrl: string | null = null;

  page(): MediumPage {
    return {
      title: this.#title.replaceAll(/\s+/g, ' ').trim(),
      content: this.#body.content(),
      authorName: this.#author.trim(),
      publishedAt: this.#publishedAt,
      canonicalUrl: this.#canonicalUrl,
      tags: this.#tags,
    };
  }

  onOpen(name: string, attributes: HtmlAttributes): void {
    if (name === 'section' && attributes.get('data-field') === 'body') this.#part = 'body';
    else if (name === 'footer') this.#part = 'foot';
    else if (this.#part === 'body') this.#body.onOpen(name, attributes);
    else this.#meet(name, attributes);
  }

  onClose(name: string): void {
    if (this.#part === 'body') this.#body.onClose(name);
    else if (name === 'h1' || name === 'a') {
      if (this.#field === 'tag') this.#tags.push(this.#tag);
      this.#tag = '';
      this.#field = null;
    }
  }

  onText(text: string): void {
    if (this.#part === 'body') this.#body.onText(text);
    else if (this.#field === 'title') this.#title += text;
    else if (this.#field === 'author') this.#author += text;
    else if (this.#field === 'tag') this.#tag += text;
  }

  #meet(name: string, attributes: HtmlAttributes): void {
    const classes = (attributes.get('class') ?? '').split(/\s+/);
    if (name === 'h1' && classes.includes('p-name')) this.#field = 'title';
    else if (name === 'time' && classes.includes('dt-published'))
      this.#publishedAt = attributes.get('datetime') ?? null;
    else if (name !== 'a') return;
    else if (classes.includes('p-canonical')) this.#canonicalUrl = attributes.get('href') ?? null;
    else if (classes.includes('p-author')) this.#field = 'author';
    else if (classes.includes('p-tag')) this.#field = 'tag';
  }
}
