import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/index.js';
import { readHead } from '../file-head.js';
import { type ImportEvent, Importer, type ImportInput } from '../importer.port.js';
import { type ArrayElement, splitJsonArray } from '../json-array.splitter.js';
import { brokenArchive, isZip } from '../zip-archive.js';
import { Conversation } from './chatgpt-conversation.js';
import { documentsOf } from './chatgpt-documents.js';
import { type ConversationsFile, findConversations, isConversationsName } from './chatgpt-files.js';

const MAX_CONVERSATION_BYTES = 64 * 1024 * 1024;
const DETECT_BYTES = 1024 * 1024;
const PROGRESS_STEP_BYTES = 1024 * 1024;
const FORMAT = {
  maxBytes: MAX_CONVERSATION_BYTES,
  parse: Conversation.parse,
  isElement: (conversation: Conversation) => conversation.nodes !== null,
};

const BROKEN_REASONS = {
  invalid: 'conversation is not valid JSON',
  too_large: 'conversation is over 64 MB',
  truncated: 'the file ends too early: export or download it again',
} as const;

interface Progress {
  bytesRead: number;
  readonly totalBytes: number;
}

/** Reads ChatGPT exports: `conversations.json`, its numbered parts, a folder or the ZIP that holds them. */
export class ChatGptImporter extends Importer {
  readonly source = 'chatgpt';

  async detect(input: ImportInput): Promise<boolean> {
    const isFolder = (await stat(input.path)).isDirectory();
    if (isFolder || (await isZip(input.path))) {
      const found = await findConversations(input);
      found.close();
      return found.files.length > 0;
    }
    const bytes = await readHead(input.path, DETECT_BYTES);
    const head = bytes.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
    if (!/^\s*(?:\[\s*[{\]]|\{\s*")/.test(head)) return false;
    if (/"mapping"\s*:/.test(head)) return true;
    // What is not seen whole, or is an empty list, is known by its name alone.
    const isOpen = bytes.length === DETECT_BYTES || /^\s*\[\s*\]/.test(head);
    const name = input.uploadedName ?? basename(input.path);
    return isOpen && isConversationsName(name) && !head.includes('"chat_messages"');
  }

  async *read(input: ImportInput): AsyncGenerator<ImportEvent> {
    const found = await findConversations(input);
    try {
      const progress: Progress = {
        bytesRead: 0,
        totalBytes: found.files.reduce((total, file) => total + file.totalBytes, 0),
      };
      let elements = 0;
      let conversations = 0;
      for (const file of found.files) {
        for await (const { element, events } of readFile(file, progress)) {
          elements++;
          if (element.kind === 'value' && element.value.nodes !== null) conversations++;
          yield* events;
        }
      }
      yield { kind: 'progress', ...progress };
      if (conversations === 0 && (elements > 0 || found.files.length === 0)) throw nothingReadable();
    } finally {
      found.close();
    }
  }
}

interface ReadElement {
  readonly element: ArrayElement<Conversation>;
  readonly events: Iterable<ImportEvent>;
}

async function* readFile(file: ConversationsFile, progress: Progress): AsyncGenerator<ReadElement> {
  let reported = progress.bytesRead;
  for await (const element of splitJsonArray(counted(file, progress), FORMAT)) {
    const events = eventsOf(element, `${file.name}[${element.index}]`);
    if (progress.bytesRead - reported < PROGRESS_STEP_BYTES) {
      yield { element, events };
      continue;
    }
    reported = progress.bytesRead;
    yield { element, events: followedBy(events, { kind: 'progress', ...progress }) };
  }
}

function* eventsOf(element: ArrayElement<Conversation>, position: string): Generator<ImportEvent> {
  if (element.kind === 'value') yield* documentsOf(element.value, position);
  else {
    const detail = element.detail === undefined ? {} : { detail: element.detail };
    yield { kind: 'skipped', position, reason: BROKEN_REASONS[element.reason], isFault: true, ...detail };
  }
}

function* followedBy(events: Iterable<ImportEvent>, last: ImportEvent): Generator<ImportEvent> {
  yield* events;
  yield last;
}

async function* counted(file: ConversationsFile, progress: Progress): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of await file.open()) {
      progress.bytesRead += (chunk as Uint8Array).length;
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw isFileFault(error) ? error : brokenArchive(error);
  }
}

/** Faults of the disk carry a system call; what is left is a damaged archive. */
function isFileFault(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
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
