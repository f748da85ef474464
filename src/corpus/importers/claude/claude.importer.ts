import { AppError } from '../../../shared/index.js';
import { type ExportFile, type ExportFiles, headOf } from '../files/export-files.js';
import { type ImportEvent, Importer } from '../importer.port.js';
import { type ListReading, MAX_RECORD_BYTES, readJsonList } from '../json-list.reader.js';
import { type JsonRecord, recordOf } from '../json-record.js';
import { ReadingProgress } from '../reading-progress.js';
import { conversationEvents } from './claude-conversation.js';
import { memoryEvents, projectEvents } from './claude-project.js';

const DETECT_BYTES = 1024 * 1024;

type ListName = 'conversations' | 'projects' | 'memories';

/** A record of each list has these keys, near its beginning. */
const LISTS: readonly (readonly [name: ListName, isOne: (head: string) => boolean])[] = [
  ['conversations', (head) => /"chat_messages"\s*:/.test(head) && !/"mapping"\s*:/.test(head)],
  ['memories', (head) => /"(?:conversations_memory|project_memories)"\s*:/.test(head)],
  [
    'projects',
    (head) =>
      /"uuid"\s*:/.test(head) &&
      /"docs"\s*:/.test(head) &&
      /"(?:is_private|prompt_template|is_starter_project)"\s*:/.test(head),
  ],
];

/** Conversations are told by their messages, also where an empty name or a broken one stands before them. */
const READINGS: Readonly<Record<ListName, ListReading<JsonRecord>>> = {
  conversations: readingOf('conversation', 'chat_messages', conversationEvents),
  projects: readingOf('project', 'uuid', projectEvents),
  memories: readingOf('memory', 'conversations_memory', memoryEvents),
};

/** Reads Claude exports: conversations, projects and what Claude remembers, as files, a folder or the ZIP. */
export class ClaudeImporter extends Importer {
  readonly source = 'claude';
  readonly usualCorpus = 'personal';
  readonly reads = 'a Claude export (conversations.json, or the ZIP that holds it)';

  async detect(files: ExportFiles): Promise<boolean> {
    for (const file of candidates(files)) if ((await listIn(file)) !== null) return true;
    return false;
  }

  async *read(files: ExportFiles): AsyncGenerator<ImportEvent> {
    const own: { readonly file: ExportFile; readonly list: ListName }[] = [];
    for (const file of candidates(files)) {
      const list = await listIn(file);
      if (list !== null) own.push({ file, list });
    }
    if (own.length === 0) throw nothingReadable();
    const progress = new ReadingProgress(own.map(({ file }) => file));
    for (const { file, list } of own) yield* readJsonList(file, READINGS[list], progress);
    yield progress.done();
  }
}

function candidates(files: ExportFiles): readonly ExportFile[] {
  return files.form === 'file' ? files.all : files.matching(/\.json$/i);
}

async function listIn(file: ExportFile): Promise<ListName | null> {
  const head = (await headOf(file, DETECT_BYTES)).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  if (!/^\s*(?:\[\s*\{|\{\s*")/.test(head)) return null;
  return LISTS.find(([, isOne]) => isOne(head))?.[0] ?? null;
}

function readingOf(
  noun: string,
  key: string,
  eventsOf: (record: JsonRecord, position: string) => Iterable<ImportEvent>,
): ListReading<JsonRecord> {
  return {
    noun,
    eventsOf,
    format: {
      maxBytes: MAX_RECORD_BYTES,
      parse: (bytes) => recordOf(JSON.parse(bytes.toString('utf8'))) ?? {},
      isElement: (record) => key in record,
    },
  };
}

function nothingReadable(): AppError {
  return new AppError(
    'corpus.unrecognised_import',
    'unprocessable',
    'No conversation of a Claude export could be read from the file; nothing was imported.',
    {
      hint: 'Expected: a list of conversations, each with "chat_messages". Import conversations.json or the ZIP of the export.',
    },
  );
}
