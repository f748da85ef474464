import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import yazl from 'yazl';
import { AppError } from '../shared/index.js';

/** Media types the API takes, by the ending of the file. Everything else is sent as a ZIP that holds it. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.jsonl': 'application/x-ndjson',
  '.ndjson': 'application/x-ndjson',
  '.zip': 'application/zip',
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
  '.txt': 'text/plain',
  '.html': 'text/html',
  '.htm': 'text/html',
  '.csv': 'text/csv',
  '.xml': 'application/xml',
  '.rss': 'application/rss+xml',
  '.atom': 'application/atom+xml',
  '.mbox': 'application/mbox',
  '.eml': 'message/rfc822',
  '.pdf': 'application/pdf',
};
/** Files of a folder that hold no text and can be large: they stay at home. */
const STAYS =
  /\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?|ico|mp[34]|m4[av]|mov|avi|mkv|webm|og[gv]|opus|wav|flac|aac|zip|t?gz|bz2|xz|7z|rar|exe|dmg|iso)$/i;

/** A file or folder as one request body. */
export interface Upload {
  readonly filename: string;
  readonly mediaType: string;
  readonly stream: Readable;
  /** Bytes to be sent; null where that is not known before. */
  readonly totalBytes: number | null;
  /** What of a folder is not sent, in words; null where all is. */
  readonly leftOut: string | null;
}

/** Fails where the path leads to nothing that can be read; names it. */
export async function requirePath(path: string): Promise<void> {
  await infoOf(path);
}

/** Opens a path for upload: a file as it is; a folder, or a file of an unknown kind, as a ZIP made on the way. */
export async function openUpload(path: string, sent: (bytes: number) => void = () => {}): Promise<Upload> {
  const info = await infoOf(path);
  const name = basename(resolve(path));
  const mediaType = info.isDirectory() ? undefined : MEDIA_TYPES[extname(path).toLowerCase()];
  if (mediaType !== undefined) {
    const stream = Readable.from(counted(createReadStream(path), path, sent));
    return { filename: name, mediaType, stream, totalBytes: info.size, leftOut: null };
  }
  const zip = new yazl.ZipFile();
  const leftOut = info.isDirectory() ? await addFolder(zip, path) : null;
  if (!info.isDirectory()) zip.addFile(path, name);
  // What a file of the folder turns out to be is known only when it is reached.
  const output = zip.outputStream as Readable;
  (zip as unknown as NodeJS.EventEmitter).on('error', (error: Error) => output.destroy(error));
  zip.end();
  const stream = Readable.from(counted(output, path, sent));
  return { filename: `${name}.zip`, mediaType: 'application/zip', stream, totalBytes: null, leftOut };
}

async function addFolder(zip: yazl.ZipFile, folder: string): Promise<string | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const stays = new Map<string, number>();
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    // The importers leave hidden files out too.
    if (name.split('/').some((part) => part.startsWith('.'))) continue;
    const ending = extname(entry.name).toLowerCase();
    if (STAYS.test(entry.name)) stays.set(ending, (stays.get(ending) ?? 0) + 1);
    else zip.addFile(path, name);
  }
  if (stays.size === 0) return null;
  return `files that hold no text: ${[...stays].map(([ending, count]) => `${count} ${ending}`).join(', ')}`;
}

async function* counted(
  stream: Readable,
  path: string,
  sent: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const piece of stream) {
      bytes += (piece as Uint8Array).length;
      sent(bytes);
      yield piece as Uint8Array;
    }
  } catch (cause) {
    throw unreadable((cause as NodeJS.ErrnoException).path ?? path, cause);
  }
}

function infoOf(path: string) {
  return stat(path).catch((cause) => {
    throw unreadable(path, cause);
  });
}

function unreadable(path: string, cause: unknown): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  const isAbsent = code === 'ENOENT' || code === 'ENOTDIR';
  return new AppError(
    'cli.no_such_path',
    'invalid',
    isAbsent ? `There is nothing at ${path}.` : `${path} cannot be read (${code ?? 'unknown'}).`,
    { hint: isAbsent ? 'Check the path.' : 'Check who may read it.', cause },
  );
}
