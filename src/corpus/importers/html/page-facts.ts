import { type JsonRecord, listOf, recordOf, stringOf } from '../json-record.js';
import { nameOf } from '../text/label-list.js';
import { webAddressOf } from '../text/web-address.js';
import { writtenTimeOf } from '../text/written-time.js';
import { type HtmlAttributes, type HtmlTokenSink, readHtmlTokens } from './html-tokens.js';

/** What a page says of itself. */
export interface PageFacts {
  readonly title: string | null;
  readonly authorName: string | null;
  /** ISO 8601 in UTC. */
  readonly publishedAt: string | null;
  readonly url: string | null;
  readonly tags: readonly string[];
  /** Whether there is more on it than a text: menus, heads, side columns. */
  readonly hasFrame: boolean;
}

const MAX_VALUE_CHARS = 10_000;
const MAX_LINKED_DATA_CHARS = 1_000_000;
const TIME_NAMES = [
  'article:published_time',
  'og:article:published_time',
  'datepublished',
  'date',
  'dc.date',
  'dc.date.issued',
  'dcterms.created',
  'dcterms.date',
  'parsely-pub-date',
  'publish-date',
  'pubdate',
  'sailthru.date',
  'citation_publication_date',
];
const AUTHOR_NAMES = [
  'author',
  'article:author',
  'dc.creator',
  'dcterms.creator',
  'parsely-author',
  'twitter:creator',
];
const FRAME = new Set(['nav', 'aside', 'footer']);

/** Reads what the head of a page, its linked data and its first `time` tell. */
export function pageFactsOf(html: string): PageFacts {
  const reader = new FactReader();
  readHtmlTokens(html, reader);
  return reader.facts();
}

class FactReader implements HtmlTokenSink {
  readonly #meta = new Map<string, string>();
  readonly #keywords: string[] = [];
  readonly #linked: JsonRecord[] = [];
  #canonical: string | null = null;
  #time: string | null = null;
  #title = '';
  #heading = '';
  #linkedText = '';
  #hasFrame = false;
  #inside: 'title' | 'h1' | 'linked' | null = null;

  facts(): PageFacts {
    const article = this.#linked.find((each) => 'datePublished' in each || 'headline' in each) ?? {};
    const meta = (names: readonly string[]) =>
      names.map((name) => this.#meta.get(name)).find((each) => each !== undefined);
    const times = [
      stringOf(article['datePublished']),
      ...TIME_NAMES.map((name) => this.#meta.get(name) ?? null),
      this.#time,
    ];
    const author = authorIn(article['author']) ?? meta(AUTHOR_NAMES) ?? null;
    return {
      title:
        nameless(stringOf(article['headline'])) ??
        nameless(meta(['og:title', 'dc.title', 'twitter:title'])) ??
        nameless(this.#heading) ??
        nameless(this.#title),
      authorName: author === null || /^https?:/.test(author) ? null : nameOf(author.replace(/^by\s+/i, '')),
      publishedAt: times.map((time) => writtenTimeOf(time)?.iso ?? null).find((iso) => iso !== null) ?? null,
      url: webAddressOf(this.#canonical) ?? webAddressOf(meta(['og:url'])),
      tags: this.#keywords,
      hasFrame: this.#hasFrame,
    };
  }

  onOpen(name: string, attributes: HtmlAttributes): void {
    if (name === 'meta') this.#meet(attributes);
    else if (name === 'link' && attributes.get('rel') === 'canonical')
      this.#canonical ??= attributes.get('href') ?? null;
    else if (name === 'time') this.#time ??= attributes.get('datetime') ?? null;
    else if (name === 'title' && this.#title === '') this.#inside = 'title';
    else if (name === 'h1' && this.#heading === '') this.#inside = 'h1';
    else if (name === 'script' && attributes.get('type')?.trim() === 'application/ld+json')
      this.#inside = 'linked';
    else if (FRAME.has(name) || attributes.get('role') === 'navigation') this.#hasFrame = true;
  }

  onClose(name: string): void {
    if (name === 'script' && this.#inside === 'linked') {
      this.#linked.push(...recordsIn(this.#linkedText));
      this.#linkedText = '';
    }
    if (name === 'title' || name === 'h1' || name === 'script') this.#inside = null;
  }

  onText(text: string): void {
    if (this.#inside === 'title' && this.#title.length < MAX_VALUE_CHARS) this.#title += text;
    else if (this.#inside === 'h1' && this.#heading.length < MAX_VALUE_CHARS) this.#heading += text;
    else if (this.#inside === 'linked' && this.#linkedText.length < MAX_LINKED_DATA_CHARS)
      this.#linkedText += text;
  }

  #meet(attributes: HtmlAttributes): void {
    const name = (
      attributes.get('property') ??
      attributes.get('name') ??
      attributes.get('itemprop') ??
      ''
    ).toLowerCase();
    const value = attributes.get('content')?.trim() ?? '';
    if (name === '' || value === '' || value.length > MAX_VALUE_CHARS) return;
    if (name === 'article:tag') this.#keywords.push(value);
    else if (name === 'keywords') this.#keywords.push(...value.split(','));
    else if (!this.#meta.has(name)) this.#meta.set(name, value);
  }
}

function nameless(value: string | null | undefined): string | null {
  const line = (value ?? '').replaceAll(/\s+/g, ' ').trim();
  return line === '' ? null : line;
}

/** The things that a piece of linked data describes; those of a graph one by one. */
function recordsIn(text: string): JsonRecord[] {
  try {
    const value: unknown = JSON.parse(text);
    return [value, ...listOf(value), ...listOf(recordOf(value)?.['@graph'])]
      .map(recordOf)
      .filter((each) => each !== null);
  } catch {
    return [];
  }
}

function authorIn(value: unknown): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  return stringOf(first) ?? stringOf(recordOf(first)?.['name']);
}
