import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportedDocument } from '../../documents/imported-document.js';
import { readHead } from '../file-head.js';
import { type ImportEvent, Importer, type ImportInput } from '../importer.port.js';
import { storedText, storedTitle } from '../stored-text.js';
import { isZip } from '../zip-archive.js';
import { firstHeading } from './first-heading.js';
import { readFrontMatter } from './front-matter.js';
import { decodeText } from './text-bytes.js';
import { isTextName, type TextFile, textFilesOf } from './text-files.js';

const MAX_FILE_BYTES = 10 * 1024 * 1024;
const DETECT_BYTES = 4096;

/** Reads Markdown and plain text: a file, a folder with its subfolders, or a ZIP. The texts count as the owner's. */
export class MarkdownImporter extends Importer {
  readonly source = 'markdown';

  async detect(input: ImportInput): Promise<boolean> {
    if ((await stat(input.path)).isDirectory() || (await isZip(input.path))) {
      for await (const file of textFilesOf(input)) if (file.kind === 'text') return true;
      return false;
    }
    if (!isTextName(input.uploadedName ?? input.path)) return false;
    const head = await readHead(input.path, DETECT_BYTES);
    return head.length === 0 || decodeText(head) !== null;
  }

  async *read(input: ImportInput): AsyncGenerator<ImportEvent> {
    const progress = { bytesRead: 0, totalBytes: await totalBytesOf(input) };
    for await (const file of textFilesOf(input)) {
      yield* readTextFile(file);
      progress.bytesRead += file.kind === 'text' ? file.sizeBytes : 0;
      progress.totalBytes = Math.max(progress.totalBytes, progress.bytesRead);
      if (file.kind === 'text') yield { kind: 'progress', ...progress };
    }
    yield { kind: 'progress', bytesRead: progress.totalBytes, totalBytes: progress.totalBytes };
  }
}

async function totalBytesOf(input: ImportInput): Promise<number> {
  let total = 0;
  for await (const file of textFilesOf(input)) if (file.kind === 'text') total += file.sizeBytes;
  return total;
}

async function* readTextFile(file: TextFile): AsyncGenerator<ImportEvent> {
  const position = storedText(file.relativePath);
  const refusal = refusalOf(file);
  if (refusal !== null) {
    yield { kind: 'skipped', position, reason: refusal, isFault: true };
    return;
  }
  const decoded = decodeText(await file.read());
  if (decoded === null) {
    yield { kind: 'skipped', position, reason: 'binary file', isFault: true };
    return;
  }
  if (decoded.note !== null) yield { kind: 'noted', position, reason: decoded.note };
  const document = documentOf(position, decoded.text, file.modifiedAt?.toISOString() ?? null);
  if (document === null) yield { kind: 'skipped', position, reason: 'empty file' };
  else yield { kind: 'document', document };
}

function refusalOf(file: TextFile): string | null {
  if (file.kind === 'link') return 'symbolic link';
  if (file.kind === 'other') return 'not Markdown or plain text';
  return file.sizeBytes > MAX_FILE_BYTES ? 'file is over 10 MB' : null;
}

function documentOf(path: string, content: string, modifiedAt: string | null): ImportedDocument | null {
  const { title, date, tags, url, body } = readFrontMatter(storedText(content));
  const text = body.trim();
  if (text === '') return null;
  return {
    externalId: path,
    threadId: null,
    authorRole: 'self',
    title: storedTitle(title ?? firstHeading(text) ?? basename(path).replace(/\.[^.]+$/, '')),
    text,
    url,
    createdAt: date ?? modifiedAt,
    tags,
    attachments: [],
  };
}
