import { chunksOf, type ExportFile } from './files/export-files.js';
import { utf8ChunksOf } from './files/utf8-chunks.js';
import type { ImportEvent } from './importer.port.js';
import { brokenRecord, MAX_RECORD_BYTES } from './json-list.reader.js';
import { splitJsonLists } from './json-lists.splitter.js';
import { type JsonRecord, recordOf } from './json-record.js';
import type { ReadingProgress } from './reading-progress.js';
import { storedText } from './stored-text.js';

/** How the records of the lists in a JSON file become events. */
export interface ListsReading {
  /** What a record is called: `post`. */
  readonly noun: string;
  /** The names that lead to the lists that are read, an empty one for a bare list; others are passed by. */
  readonly lists: readonly string[];
  /** Tells a record from a value nested in one. */
  readonly isElement: (record: JsonRecord) => boolean;
  readonly eventsOf: (record: JsonRecord, position: string, list: string) => Iterable<ImportEvent>;
}

type Chunks = AsyncIterable<Uint8Array>;
type Rewrite = (chunks: Chunks) => Chunks;

/**
 * Reads the lists of a JSON file of any size; what is broken is reported and the reading goes on.
 * `rewrite` takes off what stands around the JSON.
 */
export async function* readJsonLists(
  file: ExportFile,
  reading: ListsReading,
  progress: ReadingProgress,
  rewrite: Rewrite = same,
): AsyncGenerator<ImportEvent> {
  const path = storedText(file.path);
  const text = await utf8ChunksOf(file, progress.chunksOf(file));
  if (text === null) {
    yield { kind: 'skipped', position: path, reason: 'binary file', isFault: true };
    return;
  }
  if (text.note !== null) yield { kind: 'noted', position: path, reason: text.note };
  for await (const element of splitJsonLists(rewrite(text.chunks), formatOf(reading))) {
    if (element.kind === 'value' && !reading.lists.includes(element.list)) continue;
    const isKnown = element.list !== '' && reading.lists.includes(element.list);
    const position = `${path}${isKnown ? ` ${element.list}` : ''}[${element.index}]`;
    if (element.kind === 'value') yield* reading.eventsOf(element.value, position, element.list);
    else yield brokenRecord(position, reading.noun, element.reason, element.detail);
    yield* progress.due();
  }
}

/** The records alone, for a look at a file before it is read; what is broken is passed by. */
export async function* recordsIn(
  file: ExportFile,
  reading: Omit<ListsReading, 'eventsOf'>,
  rewrite: Rewrite = same,
): AsyncGenerator<JsonRecord> {
  const text = await utf8ChunksOf(file, chunksOf(file));
  if (text === null) return;
  for await (const element of splitJsonLists(rewrite(text.chunks), formatOf(reading)))
    if (element.kind === 'value' && reading.lists.includes(element.list)) yield element.value;
}

function same(chunks: Chunks): Chunks {
  return chunks;
}

function formatOf({ isElement, lists }: Omit<ListsReading, 'eventsOf'>) {
  return {
    maxBytes: MAX_RECORD_BYTES,
    parse: (bytes: Buffer): JsonRecord => recordOf(JSON.parse(bytes.toString('utf8'))) ?? {},
    isElement,
    lists: lists.filter((list) => /^\w+$/.test(list)),
  };
}
