import { ByteWindow } from './byte-window.js';
import {
  type ArrayElement,
  elementsIn,
  peek,
  peekElement,
  skipByteOrderMark,
} from './json-array.splitter.js';
import type { ElementFormat } from './json-element.search.js';
import { readValue } from './json-value.reader.js';

/** An element, and the names that lead to its list: `comments`, `group_posts.activity_log_data`; none for a bare list. */
export type ListedElement<T> = ArrayElement<T> & { readonly list: string };

export interface ListsFormat<T> extends ElementFormat<T> {
  /** The lists to look for behind a place where the object around them is broken. */
  readonly lists: readonly string[];
}

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const QUOTE = 0x22;
const COLON = 0x3a;
const END_OF_INPUT = -1;
/** Deeper objects hold no lists of records. */
const MAX_DEPTH = 8;
const MAX_SEEK_TEXT = 256;

/**
 * Splits the lists of a JSON text while it streams: of a bare list, or of an object that holds lists. Where the object
 * is broken, that is told once, and the reading goes on with the next list that is known by its name.
 */
export async function* splitJsonLists<T>(
  source: AsyncIterable<Uint8Array>,
  format: ListsFormat<T>,
): AsyncGenerator<ListedElement<T>> {
  const walk = new ListWalk(new ByteWindow(source), format);
  try {
    yield* walk.elements();
  } finally {
    await walk.close();
  }
}

type Step = 'list' | 'broken' | 'end' | 'on';

class ListWalk<T> {
  /** The names of the objects that are open; of the outermost, an empty one. */
  readonly #open: string[] = [];
  #name = '';
  #isDone = false;
  #fault: 'invalid' | 'too_large' | 'truncated' = 'invalid';

  constructor(
    private readonly window: ByteWindow,
    private readonly format: ListsFormat<T>,
  ) {}

  async *elements(): AsyncGenerator<ListedElement<T>> {
    await skipByteOrderMark(this.window);
    for (;;) {
      const step = await this.#step();
      if (step === 'end') return;
      if (step === 'broken') {
        yield { kind: 'broken', index: 0, reason: this.#fault, list: '' };
        if (!(await this.#seekList())) return;
      }
      if (step !== 'on') yield* this.#listElements();
    }
  }

  close(): Promise<void> {
    return this.window.close();
  }

  async *#listElements(): AsyncGenerator<ListedElement<T>> {
    const list = [...this.#open.slice(1), this.#name].join('.');
    for await (const element of elementsIn(this.window, this.format)) yield { ...element, list };
    if ((await peek(this.window)) === CLOSE_BRACKET) this.window.discard(1);
    this.#isDone = this.#open.length === 0;
  }

  /** Goes one value further; lists are left open. What stands behind the outermost value, as in a script, is not read. */
  async #step(): Promise<Step> {
    if (this.#isDone) return 'end';
    const isInside = this.#open.length > 0;
    const next = isInside ? await peekElement(this.window) : await peek(this.window);
    if (next === END_OF_INPUT) return this.#broken('truncated');
    if (next === CLOSE_BRACE && isInside) {
      this.window.discard(1);
      this.#open.pop();
      this.#isDone = this.#open.length === 0;
      return 'on';
    }
    if (isInside && !(await this.#readName())) return 'broken';
    const value = await peek(this.window);
    if (value !== OPEN_BRACKET && (value !== OPEN_BRACE || this.#open.length >= MAX_DEPTH)) {
      return (await this.#readText()) === null ? 'broken' : 'on';
    }
    this.window.discard(1);
    if (value === OPEN_BRACKET) return 'list';
    this.#open.push(this.#name);
    return 'on';
  }

  #broken(fault: 'invalid' | 'too_large' | 'truncated'): 'broken' {
    this.#fault = fault;
    return 'broken';
  }

  async #readName(): Promise<boolean> {
    const isText = (await peek(this.window)) === QUOTE;
    if (!isText) this.#broken('invalid');
    const name = isText ? await this.#readText() : null;
    if (name === null) return false;
    const next = await peek(this.window);
    if (next !== COLON) this.#broken(next === END_OF_INPUT ? 'truncated' : 'invalid');
    else this.window.discard(1);
    this.#name = name;
    return next === COLON;
  }

  /** Reads one value as a text; null where it is broken. */
  async #readText(): Promise<string | null> {
    const read = await readValue(this.window, { maxBytes: this.format.maxBytes, parse: textOf });
    if (read.ok) this.window.discard(read.end);
    else this.#broken(read.reason);
    return read.ok ? read.value : null;
  }

  /** Moves into the next list with a known name; false where there is none. */
  async #seekList(): Promise<boolean> {
    const pattern = new RegExp(`"(${this.format.lists.join('|')})"\\s*:\\s*\\[`);
    this.#open.splice(0, this.#open.length, '');
    for (;;) {
      const text = this.window.bytes.toString('latin1');
      const found = this.format.lists.length === 0 ? null : pattern.exec(text);
      if (found !== null) {
        this.#name = found[1]!;
        this.window.discard(found.index + found[0].length);
        return true;
      }
      this.window.discard(Math.max(0, text.length - MAX_SEEK_TEXT));
      if (!(await this.window.more())) return false;
    }
  }
}

function textOf(bytes: Buffer): string {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  return typeof value === 'string' ? value : '';
}
