import { AppError } from '../../../shared/index.js';
import { type ExportFile, type ExportFiles, headOf } from '../files/export-files.js';
import { type ImportEvent, Importer } from '../importer.port.js';
import { type ListReading, MAX_RECORD_BYTES, readJsonList } from '../json-list.reader.js';
import { ReadingProgress } from '../reading-progress.js';
import { Conversation } from './chatgpt-conversation.js';
import { documentsOf } from './chatgpt-documents.js';

const CONVERSATIONS_NAME = /^conversations(?:-\d+)?\.json$/i;
const DETECT_BYTES = 1024 * 1024;
const READING: ListReading<Conversation> = {
  format: {
    maxBytes: MAX_RECORD_BYTES,
    parse: Conversation.parse,
    isElement: (conversation) => conversation.nodes !== null,
  },
  noun: 'conversation',
  eventsOf: documentsOf,
};

/** Reads ChatGPT exports: `conversations.json`, its numbered parts, a folder or the ZIP that holds them. */
export class ChatGptImporter extends Importer {
  readonly source = 'chatgpt';
  readonly usualCorpus = 'personal';
  readonly reads = 'a ChatGPT export (conversations.json, or the ZIP that holds it)';

  async detect(files: ExportFiles): Promise<boolean> {
    for (const file of await conversationFiles(files)) if (await isConversations(file)) return true;
    return false;
  }

  async *read(files: ExportFiles): AsyncGenerator<ImportEvent> {
    const own = await conversationFiles(files);
    const progress = new ReadingProgress(own);
    let records = 0;
    let conversations = 0;
    const reading: ListReading<Conversation> = {
      ...READING,
      eventsOf: (conversation, position) => {
        records++;
        if (conversation.nodes !== null) conversations++;
        return documentsOf(conversation, position);
      },
    };
    let faults = 0;
    for (const file of own) {
      for await (const event of readJsonList(file, reading, progress)) {
        if (event.kind === 'skipped' && event.isFault) faults++;
        yield event;
      }
    }
    yield progress.done();
    if (conversations === 0 && (records > 0 || faults > 0 || own.length === 0)) throw nothingReadable();
  }
}

/** The file itself; else the conversations of a folder or ZIP, the outermost where the export repeats them. */
async function conversationFiles(files: ExportFiles): Promise<readonly ExportFile[]> {
  if (files.form === 'file') return files.all;
  const named: ExportFile[] = [];
  for (const file of files.all)
    if (file.kind === 'file' && CONVERSATIONS_NAME.test(file.name) && !(await isOfClaude(file)))
      named.push(file);
  const depth = Math.min(...named.map(depthOf));
  return named.filter((file) => depthOf(file) === depth);
}

function depthOf(file: ExportFile): number {
  return file.path.split('/').length;
}

/** Two services give their exports this name. */
async function isOfClaude(file: ExportFile): Promise<boolean> {
  const head = (await headOf(file, DETECT_BYTES)).toString('latin1');
  return /"chat_messages"\s*:/.test(head) && !/"mapping"\s*:/.test(head);
}

async function isConversations(file: ExportFile): Promise<boolean> {
  const bytes = await headOf(file, DETECT_BYTES);
  const head = bytes.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  if (!/^\s*(?:\[\s*[{\]]|\{\s*")/.test(head)) return false;
  if (/"mapping"\s*:/.test(head)) return true;
  // What is not seen whole, or is an empty list, is known by its name alone.
  const isOpen = bytes.length === DETECT_BYTES || /^\s*\[\s*\]/.test(head);
  return isOpen && CONVERSATIONS_NAME.test(file.name) && !head.includes('"chat_messages"');
}

function nothingReadable(): AppError {
  return new AppError(
    'corpus.unrecognised_import',
    'unprocessable',
    'No conversation of a ChatGPT export could be read from the file; nothing was imported.',
    {
      hint: 'Expected: a list of conversations, each with "mapping" and "current_node". Import conversations.json or the ZIP of the export.',
    },
  );
}
