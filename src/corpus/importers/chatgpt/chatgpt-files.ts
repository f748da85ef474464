import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ImportInput } from '../importer.port.js';
import { isZip, ZipArchive } from '../zip-archive.js';

/** One `conversations.json`, wherever it lies. */
export interface ConversationsFile {
  readonly name: string;
  readonly totalBytes: number;
  open(): Promise<Readable>;
}

export interface ConversationsFiles {
  /** In the order of their numbers. */
  readonly files: readonly ConversationsFile[];
  close(): void;
}

const CONVERSATIONS_NAME = /^conversations(?:-\d+)?\.json$/i;
const READ_CHUNK_BYTES = 256 * 1024;

/** Finds the conversations of an export: the file itself, its numbered parts in a folder, or those in a ZIP. */
export async function findConversations(input: ImportInput): Promise<ConversationsFiles> {
  const info = await stat(input.path);
  if (info.isDirectory()) return inFolder(input.path);
  if (await isZip(input.path)) return inArchive(input.path);
  const name = input.uploadedName ?? basename(input.path);
  return { files: [onDisk(input.path, name, info.size)], close: () => undefined };
}

/** Whether a file name is the one an export gives its conversations. */
export function isConversationsName(name: string): boolean {
  return CONVERSATIONS_NAME.test(name);
}

async function inFolder(folder: string): Promise<ConversationsFiles> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && isConversationsName(entry.name))
    .map((e) => e.name);
  const files = await Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name);
      return onDisk(path, name, (await stat(path)).size);
    }),
  );
  return { files, close: () => undefined };
}

async function inArchive(path: string): Promise<ConversationsFiles> {
  const archive = await ZipArchive.open(path, (name) => isConversationsName(name.split('/').at(-1) ?? ''));
  // Some archives repeat the file under another folder; the outermost is the export's own.
  const depth = Math.min(...archive.entries.map((entry) => entry.name.split('/').length));
  const files = archive.entries
    .filter((entry) => entry.name.split('/').length === depth)
    .map((entry) => ({ ...entry, name: entry.name.split('/').at(-1)!, totalBytes: entry.uncompressedBytes }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return { files, close: () => archive.close() };
}

function onDisk(path: string, name: string, totalBytes: number): ConversationsFile {
  const open = async (): Promise<Readable> => createReadStream(path, { highWaterMark: READ_CHUNK_BYTES });
  return { name, totalBytes, open };
}
