const MAX_QUOTE_DEPTH = 10;
const MAX_LIST_DEPTH = 10;
/** What a browser shows as one space, and what it does not show at all. */
const SPACES = /[ \t\n\r\f\u00a0]+/g;
const INVISIBLE = /[\u00ad\u200b\ufeff]/g;
const FENCE = '```';

interface OpenList {
  readonly isOrdered: boolean;
  items: number;
}

/** Sets running text into lines as Markdown does: paragraphs, `> ` quotes, `- ` lists, fenced code. */
export class PlainTextWriter {
  readonly #lines: string[] = [];
  /** The unfinished line, outside code without spaces at its ends: looking at the end of a growing text costs its length. */
  #line = '';
  #endsInSpace = false;
  #needsBlank = false;
  #isNewCell = false;
  #marker = '';
  #quoteDepth = 0;
  #lastQuoteDepth = 0;
  readonly #lists: OpenList[] = [];
  #preDepth = 0;
  #isFenced = false;
  #hasCode = false;

  get isPreformatted(): boolean {
    return this.#preDepth > 0;
  }

  write(text: string): void {
    if (this.#preDepth > 0) {
      const [first, ...rest] = text.split(/\r\n?|\n/);
      this.#line += first;
      for (const line of rest) {
        this.#endPreformattedLine();
        this.#line = line;
      }
      return;
    }
    const shown = text.replace(SPACES, ' ').replace(INVISIBLE, '');
    const words = shown.trim();
    if (words !== '') {
      this.#line += this.#gapBefore(shown) + words;
      this.#isNewCell = false;
    }
    if (shown !== '') this.#endsInSpace = shown.endsWith(' ');
  }

  #gapBefore(shown: string): string {
    if (this.#line === '') return '';
    if (this.#isNewCell) return ' | ';
    return this.#endsInSpace || shown.startsWith(' ') ? ' ' : '';
  }

  /** Adds to what was written last, even where its line has ended. */
  append(text: string): void {
    if (this.#line !== '' || this.#lines.length === 0) this.#line += text;
    else this.#lines.push(`${this.#lines.pop()}${text}`);
  }

  /** Ends the line, if anything stands in it. */
  endLine(): void {
    const line = this.#line;
    this.#line = '';
    this.#isNewCell = false;
    this.#endsInSpace = false;
    if (line !== '') this.#push(line);
  }

  /** A line break: the second in a row leaves a blank line. */
  breakLine(): void {
    if (this.#preDepth > 0) this.#endPreformattedLine();
    else if (this.#line === '') this.#needsBlank = true;
    else this.endLine();
  }

  /** Ends the paragraph; inside a list only the line. */
  endParagraph(): void {
    this.endLine();
    if (this.#lists.length === 0) this.#needsBlank = true;
  }

  beginCell(): void {
    this.#isNewCell = this.#line !== '';
  }

  beginList(isOrdered: boolean): void {
    this.endParagraph();
    this.#lists.push({ isOrdered, items: 0 });
  }

  endList(): void {
    this.endLine();
    this.#lists.pop();
    this.#marker = '';
    if (this.#lists.length === 0) this.#needsBlank = true;
  }

  beginItem(): void {
    this.endLine();
    const list = this.#lists.at(-1);
    if (list === undefined) {
      this.#marker = '- ';
      return;
    }
    list.items++;
    this.#marker = list.isOrdered ? `${list.items}. ` : '- ';
  }

  beginQuote(): void {
    this.endLine();
    this.#needsBlank = true;
    this.#quoteDepth++;
  }

  endQuote(): void {
    this.endLine();
    this.#needsBlank = true;
    this.#quoteDepth = Math.max(0, this.#quoteDepth - 1);
  }

  beginPreformatted(isCode: boolean): void {
    if (this.#preDepth === 0) {
      this.endParagraph();
      if (isCode) this.#push(FENCE);
      this.#isFenced = isCode;
      this.#hasCode = false;
    }
    this.#preDepth++;
  }

  endPreformatted(): void {
    if (this.#preDepth === 0) return;
    if (this.#preDepth === 1) {
      if (this.#line.trim() !== '') this.#endPreformattedLine();
      this.#line = '';
      this.#dropBlankEnd();
      if (this.#isFenced) this.#push(FENCE);
      this.#needsBlank = true;
    }
    this.#preDepth--;
  }

  /** The whole text; nothing can be written after it. */
  finish(): string {
    this.#preDepth = Math.min(this.#preDepth, 1);
    if (this.#preDepth > 0) this.endPreformatted();
    this.endLine();
    return this.#lines.join('\n').replace(/^\n+/, '').trimEnd();
  }

  /** Blank lines before the first of the code are not shown. */
  #endPreformattedLine(): void {
    const line = this.#line.trimEnd();
    this.#line = '';
    if (line !== '' || this.#hasCode) this.#push(line);
    this.#hasCode ||= line !== '';
  }

  #dropBlankEnd(): void {
    while (this.#hasCode && this.#lines.at(-1) === '') this.#lines.pop();
  }

  #push(line: string): void {
    const depth = Math.min(this.#quoteDepth, MAX_QUOTE_DEPTH);
    if (this.#needsBlank && this.#lines.length > 0) {
      this.#lines.push('>'.repeat(Math.min(depth, this.#lastQuoteDepth)));
    }
    this.#needsBlank = false;
    this.#lastQuoteDepth = depth;
    const lists = Math.min(this.#lists.length, MAX_LIST_DEPTH);
    const indent = '  '.repeat(this.#marker === '' ? lists : Math.max(0, lists - 1));
    this.#lines.push(`${'> '.repeat(depth)}${indent}${this.#marker}${line}`.trimEnd());
    this.#marker = '';
  }
}
