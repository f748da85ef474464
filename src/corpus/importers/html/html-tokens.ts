import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

export type HtmlAttributes = ReadonlyMap<string, string>;

/** Who is told what stands in a page, in its order. Names are in lower case. */
export interface HtmlTokenSink {
  onOpen(name: string, attributes: HtmlAttributes): void;
  onClose(name: string): void;
  /** Entities are decoded; one text may come in pieces. */
  onText(text: string): void;
}

/**
 * Tells the tags and texts of a page or a piece of one. No tree is built and open tags are not remembered, so neither
 * depth nor tags that are never closed cost anything.
 */
export function readHtmlTokens(html: string, sink: HtmlTokenSink): void {
  const tokenizer = new Tokenizer({}, new TokenReader(html, sink));
  tokenizer.write(html);
  tokenizer.end();
}

class TokenReader implements TokenizerCallbacks {
  #tag = '';
  #attributes = new Map<string, string>();
  #attribute = '';
  #value = '';

  constructor(
    private readonly html: string,
    private readonly sink: HtmlTokenSink,
  ) {}

  onopentagname(start: number, end: number): void {
    this.#tag = this.html.slice(start, end).toLowerCase();
    this.#attributes = new Map();
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.html.slice(start, end).toLowerCase();
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.html.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.#value += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    if (!this.#attributes.has(this.#attribute)) this.#attributes.set(this.#attribute, this.#value);
    this.#value = '';
  }

  onopentagend(): void {
    this.sink.onOpen(this.#tag, this.#attributes);
  }

  onselfclosingtag(): void {
    this.sink.onOpen(this.#tag, this.#attributes);
  }

  onclosetag(start: number, end: number): void {
    this.sink.onClose(this.html.slice(start, end).toLowerCase());
  }

  ontext(start: number, end: number): void {
    this.sink.onText(this.html.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.sink.onText(String.fromCodePoint(codePoint));
  }

  /** Pieces of XML in a page: their text is text. */
  oncdata(start: number, end: number, endOffset: number): void {
    this.sink.onText(this.html.slice(start, end - endOffset));
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}
