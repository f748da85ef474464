import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type Actor, AppError, type CorpusName } from '../../shared/index.js';
import { isTextName } from '../importers/markdown/text-files.js';
import { ImportService } from './import.service.js';
import type { ImportRecord } from './import-record.js';
import { UploadSpool } from './upload-spool.js';

export interface ImportUpload {
  readonly corpus: CorpusName;
  readonly owner?: string | undefined;
  readonly source?: string | undefined;
  readonly filename?: string | undefined;
  readonly contentType: string | undefined;
  /** Bytes as the caller announced them. */
  readonly contentLength: string | undefined;
  readonly body: unknown;
}

/** Media types that can be uploaded, with the name a file of theirs gets when the caller gives none. */
const DEFAULT_NAMES = new Map<string, (sha256: string) => string>([
  ['application/json', () => 'upload.json'],
  ['application/zip', () => 'upload.zip'],
  ['application/x-zip-compressed', () => 'upload.zip'],
  // The same text sent twice is the same document; another text is another one.
  ['text/markdown', (sha256) => `upload-${sha256.slice(0, 16)}.md`],
  ['text/plain', (sha256) => `upload-${sha256.slice(0, 16)}.txt`],
]);
/** The media types an import is sent with. */
export const IMPORT_MEDIA_TYPES = ['application/json', 'application/zip', 'text/markdown', 'text/plain'];

/** Takes an import that comes as the body of a request. */
@Injectable()
export class ImportUploadService {
  constructor(
    private readonly spool: UploadSpool,
    private readonly imports: ImportService,
  ) {}

  /**
   * Spools the body to disk and starts its import. Throws `corpus.unsupported_media`, `corpus.upload_too_large`,
   * `corpus.upload_empty`, `corpus.upload_aborted`, `corpus.disk_full`, and what `ImportService.start` throws.
   */
  async receive(actor: Actor, upload: ImportUpload): Promise<ImportRecord> {
    const mediaType = (upload.contentType ?? '').split(';')[0]!.trim().toLowerCase();
    const defaultName = DEFAULT_NAMES.get(mediaType);
    if (defaultName === undefined) throw unsupportedMedia();
    const file = await this.spool.receive(readableOf(upload.body), upload.contentLength);
    const { corpus, owner, source, filename } = upload;
    try {
      const uploadedName = namedFor(mediaType, filename, defaultName(file.sha256));
      const request = { corpus, path: file.path, owner, source, uploadedName };
      return await this.imports.start(actor, request, () => this.spool.remove(file));
    } catch (error) {
      await this.spool.remove(file);
      throw error;
    }
  }
}

/** A text keeps its given name, with an ending by which it is known as text. */
function namedFor(mediaType: string, filename: string | undefined, defaultName: string): string {
  if (filename === undefined) return defaultName;
  const needsEnding = mediaType.startsWith('text/') && !isTextName(filename);
  return needsEnding ? `${filename}${extname(defaultName)}` : filename;
}

/** A request without a body gives no stream; the spool finds the emptiness. */
function readableOf(body: unknown): Readable {
  return body instanceof Readable ? body : Readable.from([]);
}

function unsupportedMedia(): AppError {
  return new AppError(
    'corpus.unsupported_media',
    'unsupported_media',
    'This media type cannot be imported.',
    {
      hint: `Send the file as the body with Content-Type ${IMPORT_MEDIA_TYPES.join(' or ')}.`,
    },
  );
}
