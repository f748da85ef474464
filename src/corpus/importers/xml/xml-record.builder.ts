import { type Prefixes, prefixesWithin, resolved } from './xml-namespaces.js';
import type { XmlNode } from './xml-node.js';

/** What is met in a file: what the whole says of itself, its records, and places that cannot be read. */
export type XmlRecordEvent =
  | { readonly kind: 'header'; readonly node: XmlNode }
  | { readonly kind: 'record'; readonly node: XmlNode; readonly index: number }
  | { readonly kind: 'fault'; readonly index: number; readonly reason: string };

const RECORDS = new Set(['item', 'entry']);
const CONTAINERS = new Set(['rss', 'rdf', 'channel', 'feed']);
/** What is deeper becomes text of the element above it, so that no one who walks a record runs out of stack. */
const MAX_NODE_DEPTH = 100;
const MAX_RECORD_CHARS = 32 * 1024 * 1024;
/** What an element takes in memory, counted as text. */
const NODE_CHARS = 100;

interface OpenElement {
  readonly name: string;
  readonly prefixes: Prefixes;
  /** Null for what is not kept as a node: containers, and what lies too deep. */
  readonly node: XmlNode | null;
}

/** Builds the records of a feed out of the parser's callbacks. */
export class XmlRecordBuilder {
  /** Set before the parser is told that the file ends: what closes then was never closed. */
  isEnding = false;
  readonly #events: XmlRecordEvent[] = [];
  readonly #open: OpenElement[] = [];
  /** The nodes that are open, from the record or header down. */
  readonly #nodes: XmlNode[] = [];
  #index = 0;
  #chars = 0;
  #isCut = false;

  get depth(): number {
    return this.#open.length;
  }

  get index(): number {
    return this.#index;
  }

  /** What was completed since this was last asked. */
  taken(): XmlRecordEvent[] {
    return this.#events.splice(0);
  }

  onopentag(qualified: string, raw: Record<string, string>): void {
    const prefixes = prefixesWithin(this.#open.at(-1)?.prefixes ?? new Map(), raw);
    const { name, space } = resolved(qualified, prefixes);
    // A record inside a record: the one before was not closed.
    if (space === '' && name === this.#nodes[0]?.name && RECORDS.has(name)) this.#complete();
    const isContainer =
      this.#nodes.length === 0 && (this.#open.length === 0 || (space === '' && CONTAINERS.has(name)));
    const isKept = !(isContainer && !RECORDS.has(name)) && this.#nodes.length < MAX_NODE_DEPTH;
    if (isKept) this.#chars += NODE_CHARS;
    const node =
      isKept && this.#chars <= MAX_RECORD_CHARS
        ? { name, space, attributes: attributesOf(raw), content: [] }
        : null;
    this.#open.push({ name: qualified, prefixes, node });
    if (node === null) return;
    this.#nodes.at(-1)?.content.push(node);
    this.#nodes.push(node);
  }

  ontext(text: string): void {
    if (this.#nodes.length === 0) return;
    this.#chars += text.length;
    if (this.#chars <= MAX_RECORD_CHARS) this.#nodes.at(-1)!.content.push(text);
  }

  onclosetag(): void {
    const { node } = this.#open.pop() ?? { node: null };
    // A record that was completed before its end tag came is closed already.
    if (node === null || !this.#nodes.includes(node)) return;
    if (node === this.#nodes[0]) {
      this.#complete();
      return;
    }
    // What the end of the file closes inside a record was not read to its end.
    this.#isCut ||= this.isEnding;
    this.#nodes.length = this.#nodes.indexOf(node);
  }

  #complete(): void {
    const node = this.#nodes[0]!;
    const isRecord = node.space === '' && RECORDS.has(node.name);
    const reason = this.#faultOfRecord();
    if (isRecord && reason !== null) this.#events.push({ kind: 'fault', index: this.#index, reason });
    else if (isRecord) this.#events.push({ kind: 'record', node, index: this.#index });
    else this.#events.push({ kind: 'header', node });
    if (isRecord) this.#index++;
    this.#nodes.length = 0;
    this.#chars = 0;
    this.#isCut = false;
  }

  #faultOfRecord(): string | null {
    if (this.#chars > MAX_RECORD_CHARS) return 'entry is over 32 MB';
    return this.#isCut ? 'the file ends too early: export it again' : null;
  }
}

function attributesOf(raw: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(raw)) {
    if (name.startsWith('xmlns')) continue;
    const local = name.slice(name.indexOf(':') + 1);
    if (!attributes.has(local)) attributes.set(local, value);
  }
  return attributes;
}
