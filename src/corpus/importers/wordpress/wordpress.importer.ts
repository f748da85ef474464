import type { ExportFile } from '../files/export-files.js';
import { textChunksOf } from '../files/text-chunks.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import { glanceAt, isNoText } from '../loose/file-kinds.js';
import { StreamedFileImporter } from '../loose/streamed-file.importer.js';
import type { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { AuthorWatch, SEVERAL_AUTHORS } from '../text/authorship.js';
import { childText, textOf, type XmlNode } from '../xml/xml-node.js';
import { readXmlRecords } from '../xml/xml-records.js';
import { commentCount, readItem, timeOf, type WxrSite } from './wxr-item.js';

const WXR = /<rss\b[\s\S]*wordpress\.org\/export\/|<wp:wxr_version\b/i;

/** Whether a file begins as an export of WordPress. */
export function isWxr(begin: string): boolean {
  return begin.startsWith('<') && WXR.test(begin);
}

/** Reads what a WordPress site exports (WXR), as Squarespace and others write it too: what is published. */
export class WordPressImporter extends StreamedFileImporter {
  readonly source = 'wordpress';
  readonly usualCorpus = 'published';
  readonly reads = 'a WordPress export (.xml)';

  async claims(file: ExportFile, head: () => Promise<Buffer>): Promise<boolean> {
    if (isNoText(file.name)) return false;
    return isWxr(glanceAt(await head()));
  }

  protected override async *eventsOf(
    file: ExportFile,
    options: ReadOptions,
    progress: ReadingProgress,
  ): AsyncGenerator<ImportEvent> {
    const path = storedText(file.path);
    const text = await textChunksOf(file, progress.chunksOf(file));
    if (text === null) {
      yield { kind: 'skipped', position: path, reason: 'binary file', isFault: true };
      return;
    }
    if (text.note !== null) yield { kind: 'noted', position: path, reason: text.note };
    const reading = new WxrReading(options.selfNames);
    for await (const event of readXmlRecords(text.chunks)) {
      if (event.kind === 'header') reading.learn(event.node);
      else {
        const position = `${path}[${event.index}]`;
        if (event.kind === 'record') yield* reading.eventsOf(event.node, position);
        else yield { kind: 'skipped', position, reason: event.reason, isFault: true };
      }
      yield* progress.due();
    }
    if (!reading.hasAnything)
      yield { kind: 'skipped', position: path, reason: 'no posts in the export', isFault: true };
  }
}

class WxrReading {
  hasAnything = false;
  #hasToldZone = false;
  #address = '';
  readonly #displayNames = new Map<string, string>();
  readonly #authors: AuthorWatch;

  constructor(private readonly selfNames: readonly string[]) {
    this.#authors = new AuthorWatch(selfNames);
  }

  learn(node: XmlNode): void {
    const text = textOf(node).trim();
    if (node.space === 'wp' && node.name === 'base_blog_url' && text !== '') this.#address = text;
    if (node.space === '' && node.name === 'link' && this.#address === '') this.#address = text;
    const login = childText(node, 'wp', 'author_login');
    const name = childText(node, 'wp', 'author_display_name');
    if (node.space === 'wp' && node.name === 'author' && login !== null && name !== null) {
      this.#displayNames.set(login, name);
    }
  }

  *eventsOf(item: XmlNode, position: string): Generator<ImportEvent> {
    this.hasAnything = true;
    const site: WxrSite = {
      address: this.#address,
      displayNames: this.#displayNames,
      selfNames: this.selfNames,
    };
    const event = readItem(item, site, position);
    yield event;
    const count = commentCount(item);
    if (count > 0) yield { kind: 'skipped', position, reason: 'comment under a post', count };
    if (event.kind !== 'document') return;
    if (this.#authors.isNewDoubt(event.document.authorName ?? null)) {
      yield { kind: 'noted', position, reason: SEVERAL_AUTHORS };
    }
    if (!this.#hasToldZone && timeOf(item)?.hasZone === false) {
      this.#hasToldZone = true;
      yield { kind: 'noted', position, reason: 'times without a zone: taken for UTC' };
    }
  }
}
