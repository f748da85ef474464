import { columnsOf, csvRows } from '../csv/csv-rows.js';
import type { ExportFile } from '../files/export-files.js';
import { textChunksOf } from '../files/text-chunks.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import { MAX_RECORD_BYTES, readJsonList } from '../json-list.reader.js';
import { type JsonRecord, listOf, recordOf } from '../json-record.js';
import { glanceAt } from '../loose/file-kinds.js';
import { StreamedFileImporter } from '../loose/streamed-file.importer.js';
import type { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { arePostNames, fieldsOfRow, readPost } from './post-fields.js';

/** Lists of posts inside an export that is one object: of Ghost, of JSON Feed, of the APIs of others. */
const LISTS = ['posts', 'items', 'entries', 'articles', 'emails', 'results'];
const KEY = /"([A-Za-z_][\w -]{0,60})"\s*:/g;

/** Reads tables (CSV) and lists (JSON) of posts with a title and a text, as publishing services export them. */
export class PostsImporter extends StreamedFileImporter {
  readonly source = 'posts';
  readonly usualCorpus = 'published';
  readonly reads = 'a table or list of posts with title and text (.csv, .json)';

  async claims(file: ExportFile, head: () => Promise<Buffer>): Promise<boolean> {
    if (/\.csv$/i.test(file.name)) return arePostNames(columnsOf((await head()).toString('utf8')));
    if (!/\.json$/i.test(file.name)) return false;
    const begin = glanceAt(await head());
    if (
      !/^(?:\[\s*\{|\{)/.test(begin) ||
      /"(?:mapping|chat_messages|messages|pinned_message)"\s*:/.test(begin)
    )
      return false;
    return arePostNames([...begin.matchAll(KEY)].map((match) => match[1]!));
  }

  protected override async *eventsOf(
    file: ExportFile,
    { selfNames }: ReadOptions,
    progress: ReadingProgress,
  ): AsyncGenerator<ImportEvent> {
    if (/\.csv$/i.test(file.name)) yield* readTable(file, selfNames, progress);
    else yield* readJsonList(file, readingFor(selfNames), progress);
  }
}

function readingFor(selfNames: readonly string[]) {
  return {
    noun: 'post',
    format: {
      maxBytes: MAX_RECORD_BYTES,
      parse: (bytes: Buffer): JsonRecord => recordOf(JSON.parse(bytes.toString('utf8'))) ?? {},
      isElement: (record: JsonRecord) => arePostNames(Object.keys(record)),
    },
    *eventsOf(record: JsonRecord, position: string): Generator<ImportEvent> {
      const inside = postsIn(record);
      if (inside === null) yield readPost(record, selfNames, position);
      else
        for (const [index, post] of inside.entries())
          yield readPost(recordOf(post) ?? {}, selfNames, `${position}[${index}]`);
    },
  };
}

/** The posts of an object that holds them; null for one that is a post itself. */
function postsIn(record: JsonRecord): readonly unknown[] | null {
  const databases = listOf(record['db']).map((each) => recordOf(recordOf(each)?.['data']));
  const holders = [record, recordOf(record['data']), ...databases].filter((each) => each !== null);
  const lists = holders.flatMap((holder) => LISTS.map((name) => holder[name])).filter(Array.isArray);
  return lists.length === 0 ? null : lists.flat();
}

async function* readTable(
  file: ExportFile,
  selfNames: readonly string[],
  progress: ReadingProgress,
): AsyncGenerator<ImportEvent> {
  const path = storedText(file.path);
  const text = await textChunksOf(file, progress.chunksOf(file));
  if (text === null) {
    yield { kind: 'skipped', position: path, reason: 'binary file', isFault: true };
    return;
  }
  if (text.note !== null) yield { kind: 'noted', position: path, reason: text.note };
  for await (const row of csvRows(text.chunks)) {
    const position = `${path}[${row.index}]`;
    if (row.kind === 'row') yield readPost(fieldsOfRow(row.values), selfNames, position);
    else yield { kind: 'skipped', position, reason: row.reason, isFault: true };
    yield* progress.due();
  }
}
