import { htmlText } from '../html/html-text.js';
import { type GeminiActivity, isGeminiName } from './gemini-activity.js';
import { pageTimeOf } from './gemini-page-time.js';

/** Every entry of the page stands in such a cell. */
const CELL = '<div class="outer-cell';
const MAX_CELL_CHARS = 16 * 1024 * 1024;
/** A clock with seconds, in any language. */
const TIME_LINE = /(?<![\d.])\d{1,2}[:.]\d{2}[:.]\d{2}(?!\d)/;
const MAX_TIME_LINE_CHARS = 80;
const FILE_LINE = /^\s*-?(?:\s|&nbsp;)*<a\b/i;

/** An entry of the HTML form, or why it could not be read. */
export type PageEntry =
  | { readonly kind: 'activity'; readonly activity: GeminiActivity; readonly isTimeGuessed: boolean }
  | { readonly kind: 'skipped'; readonly reason: string; readonly isFault: boolean };

/** Splits the page into its cells while it streams; null stands for one that is over 16 MB. */
export async function* pageCells(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  const splitter = new CellSplitter();
  for await (const chunk of chunks) yield* splitter.push(decoder.decode(chunk, { stream: true }));
  yield* splitter.end();
}

class CellSplitter {
  #text = '';
  #state: 'before' | 'inside' | 'dropping' = 'before';

  *push(text: string): Generator<string | null> {
    this.#text += text;
    // A cell begins with the mark: the next one is looked for behind it.
    for (let at = this.#nextMark(); at !== -1; at = this.#nextMark()) {
      if (this.#state === 'inside') yield this.#text.slice(0, at);
      this.#text = this.#text.slice(at);
      this.#state = 'inside';
    }
    if (this.#state === 'inside' && this.#text.length > MAX_CELL_CHARS) {
      this.#state = 'dropping';
      yield null;
    }
    if (this.#state !== 'inside') this.#text = this.#text.slice(1 - CELL.length);
  }

  *end(): Generator<string> {
    if (this.#state === 'inside') yield this.#text;
  }

  #nextMark(): number {
    return this.#text.indexOf(CELL, this.#state === 'inside' ? 1 : 0);
  }
}

/** Reads a cell: the title, a line with the time, then the answer. */
export function pageEntryOf(cell: string): PageEntry {
  const [head = '', main = ''] = cell.split(/<div class="[^"]*\bcontent-cell\b[^"]*"[^>]*>/i, 2);
  if (main === '') return { kind: 'skipped', reason: 'entry without content', isFault: true };
  const product = htmlText(head);
  if (product !== '' && !isGeminiName(product) && !isGeminiName(htmlText(lastCell(cell))))
    return { kind: 'skipped', reason: 'activity of another product', isFault: false };
  const lines = main.replace(/<\/div>\s*$/i, '').split(/<br\s*\/?>/i);
  const timeAt = lines.findIndex((line, index) => index > 0 && isTimeLine(line));
  if (timeAt === -1) return { kind: 'skipped', reason: 'entry without a time', isFault: true };
  const time = pageTimeOf(htmlText(lines[timeAt]!));
  const before = lines.slice(0, timeAt);
  const fileAt = before.findIndex((line, index) => index > 1 && FILE_LINE.test(line));
  // The line above the list of files only counts them.
  const promptLines = fileAt === -1 ? before : before.slice(0, fileAt - 1);
  return {
    kind: 'activity',
    isTimeGuessed: time.isGuess,
    activity: {
      title: promptLines.map((line) => htmlText(line)).join('\n'),
      createdAt: time.createdAt,
      url: null,
      answerHtml: lines.slice(timeAt + 1).join('<br>'),
      files:
        fileAt === -1
          ? []
          : before
              .slice(fileAt)
              .map(linkText)
              .filter((name) => name !== ''),
    },
  };
}

function isTimeLine(line: string): boolean {
  if (line.length > 400) return false;
  const text = htmlText(line);
  return text.length <= MAX_TIME_LINE_CHARS && TIME_LINE.test(text) && /\d{4}/.test(text);
}

function linkText(line: string): string {
  return htmlText(/<a\b[^>]*>(.*?)<\/a>/is.exec(line)?.[1] ?? '');
}

function lastCell(cell: string): string {
  return cell.slice(cell.lastIndexOf('content-cell'));
}
