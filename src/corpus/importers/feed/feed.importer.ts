import type { ExportFile } from '../files/export-files.js';
import { textChunksOf } from '../files/text-chunks.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import { glanceAt, isNoText } from '../loose/file-kinds.js';
import { StreamedFileImporter } from '../loose/streamed-file.importer.js';
import type { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { AuthorWatch, SEVERAL_AUTHORS } from '../text/authorship.js';
import { isWxr } from '../wordpress/wordpress.importer.js';
import type { XmlNode } from '../xml/xml-node.js';
import { readXmlRecords } from '../xml/xml-records.js';
import { authorOf, readEntry, timeOf } from './feed-entry.js';

const ROOT = /<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)(?=[\s>])/i;
const PAGE = /<html[\s>]|<!doctype html/i;
/** RDF is much besides feeds, and so may be an element called `feed`. */
const FEED_SIGNS =
  /<(?:[\w.-]+:)?(?:rss|channel|item|entry)(?=[\s>])|purl\.org\/rss|w3\.org\/2005\/atom|purl\.org\/atom/i;

/** Reads RSS of all versions and Atom, also where they are not well-formed, and what Blogger exports. */
export class FeedImporter extends StreamedFileImporter {
  readonly source = 'feed';
  readonly usualCorpus = 'published';
  readonly reads = 'an RSS or Atom feed (.xml, .rss, .atom)';

  async claims(file: ExportFile, head: () => Promise<Buffer>): Promise<boolean> {
    if (isNoText(file.name) || /\.(?:md|markdown|txt|csv|json|html?)$/i.test(file.name)) return false;
    const begin = glanceAt(await head());
    return (
      begin.startsWith('<') &&
      !isWxr(begin) &&
      !PAGE.test(begin) &&
      ROOT.test(begin) &&
      FEED_SIGNS.test(begin)
    );
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
    const reading = new FeedReading(options.selfNames);
    for await (const event of readXmlRecords(text.chunks)) {
      if (event.kind === 'header') reading.learn(event.node);
      else {
        const position = `${path}[${event.index}]`;
        if (event.kind === 'record') yield* reading.eventsOf(event.node, position);
        else yield { kind: 'skipped', position, reason: event.reason, isFault: true };
      }
      yield* progress.due();
    }
  }
}

class FeedReading {
  #authorName: string | null = null;
  #hasToldZone = false;
  readonly #authors: AuthorWatch;

  constructor(private readonly selfNames: readonly string[]) {
    this.#authors = new AuthorWatch(selfNames);
  }

  /** Who the feed as a whole names as its author. */
  learn(node: XmlNode): void {
    this.#authorName ??= authorOf({ ...node, content: [node] });
  }

  *eventsOf(entry: XmlNode, position: string): Generator<ImportEvent> {
    const event = readEntry(entry, { authorName: this.#authorName, selfNames: this.selfNames }, position);
    yield event;
    if (event.kind !== 'document') return;
    if (this.#authors.isNewDoubt(event.document.authorName ?? null)) {
      yield { kind: 'noted', position, reason: SEVERAL_AUTHORS };
    }
    if (!this.#hasToldZone && timeOf(entry)?.hasZone === false) {
      this.#hasToldZone = true;
      yield { kind: 'noted', position, reason: 'times without a zone: taken for UTC' };
    }
  }
}
