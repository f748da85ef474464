import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import yazl from 'yazl';
import { AppError } from '../shared/index.js';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.zip': 'application/zip',
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
  '.txt': 'text/plain',
};
/** What the importers read from a folder: texts, and the conversations of an unpacked ChatGPT export. */
const READ_FROM_FOLDER = /(?:\.(?:md|markdown|txt)|^conversations(?:-\d+)?\.json)$/i;

/** A file or folder as one request body. */
export interface Upload {
  readonly filename: string;
  readonly mediaType: string;
  readonly stream: Readable;
}

/** Opens a path for upload: a file as it is; of a folder what the importers read, as a ZIP made on the way. */
export async function openUpload(path: string): Promise<Upload> {
  const info = await stat(path).catch((cause) => {
    throw new AppError('cli.no_such_path', 'invalid', `${path} cannot be read.`, {
      hint: 'Check the path.',
      cause,
    });
  });
  if (info.isDirectory())
    return { filename: `${basename(path)}.zip`, mediaType: 'application/zip', stream: await zipOf(path) };
  const mediaType = MEDIA_TYPES[extname(path).toLowerCase()];
  if (mediaType === undefined)
    throw new AppError('cli.unknown_file_type', 'invalid', `${basename(path)} has no known ending.`, {
      hint: `Files that can be sent: ${Object.keys(MEDIA_TYPES).join(', ')}, or a folder of texts.`,
    });
  return { filename: basename(path), mediaType, stream: createReadStream(path) };
}

async function zipOf(folder: string): Promise<Readable> {
  const zip = new yazl.ZipFile();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    if (entry.isFile() && READ_FROM_FOLDER.test(entry.name) && !isHidden(name)) zip.addFile(path, name);
  }
  zip.end();
  return Readable.from(zip.outputStream);
}

/** Such a folder's own files stay at home: the importer would leave them out. */
function isHidden(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.'));
}
