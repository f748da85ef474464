import { basename, extname } from 'node:path';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Actor, AppError, type CorpusName } from '../../shared/index.js';
import { type ImportRequest, ImportService } from './import.service.js';
import { importOptionsOf } from './import-options.js';
import type { ImportRecord } from './import-record.js';
import { UploadSpool } from './upload-spool.js';

/** What the caller says of an upload beside its body. */
export interface UploadWishes {
  /** Absent: each part into its importer's usual corpus. */
  readonly corpus?: CorpusName | undefined;
  readonly owner?: string | undefined;
  readonly source?: string | undefined;
  readonly filename?: string | undefined;
  readonly since?: string | undefined;
  readonly dry_run?: boolean | undefined;
  readonly mirror?: boolean | undefined;
  readonly self?: readonly string[] | undefined;
}

export interface ImportUpload {
  readonly wishes: UploadWishes;
  readonly contentType: string | undefined;
  /** Bytes as the caller announced them. */
  readonly contentLength: string | undefined;
  readonly body: unknown;
}

/** The upload that a request brings. */
export function uploadOf(
  request: Pick<FastifyRequest, 'headers' | 'body'>,
  wishes: UploadWishes,
): ImportUpload {
  const { 'content-type': contentType, 'content-length': contentLength } = request.headers;
  return { wishes, contentType, contentLength, body: request.body };
}

const TEXT_NAME = /\.(?:md|markdown|txt)$/i;
/** Media types that can be uploaded, with the ending a file of theirs gets when its name has none. */
const ENDINGS: Readonly<Record<string, string>> = {
  'application/json': '.json',
  'application/zip': '.zip',
  'application/x-zip-compressed': '.zip',
  'text/markdown': '.md',
  'text/plain': '.txt',
  'text/html': '.html',
  'text/csv': '.csv',
  'application/xml': '.xml',
  'text/xml': '.xml',
  'application/rss+xml': '.xml',
  'application/atom+xml': '.xml',
  'application/x-ndjson': '.jsonl',
  'application/jsonl': '.jsonl',
  'application/mbox': '.mbox',
  'message/rfc822': '.eml',
  'application/pdf': '.pdf',
};
/** What is one document by itself: its name becomes the document's id. */
const ONE_DOCUMENT = new Set(['.md', '.txt', '.html', '.pdf', '.eml']);
/** The media types an import is sent with. */
export const IMPORT_MEDIA_TYPES = Object.keys(ENDINGS);

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
    const ending = Object.hasOwn(ENDINGS, mediaType) ? ENDINGS[mediaType]! : null;
    if (ending === null) throw unsupportedMedia();
    // Before the body is read: a wish that cannot be fulfilled needs no upload.
    const request = requestOf(upload.wishes);
    const file = await this.spool.receive(readableOf(upload.body), upload.contentLength);
    try {
      const uploadedName = nameFor(mediaType, ending, upload.wishes.filename, file.sha256);
      const release = () => this.spool.remove(file);
      const held = { file: basename(file.path), release };
      return await this.imports.start(actor, { ...request, path: file.path, uploadedName }, held);
    } catch (error) {
      await this.spool.remove(file);
      throw error;
    }
  }
}

function requestOf(wishes: UploadWishes): Omit<ImportRequest, 'path' | 'uploadedName'> {
  const { corpus, owner, source, since, dry_run: dryRun, mirror, self: selfNames } = wishes;
  importOptionsOf({ since, dryRun, mirror, selfNames, source });
  return { corpus, owner, source, since, dryRun, mirror, selfNames };
}

/** Without a name, the same text sent twice is the same document, and another is another one. A text is known by its ending. */
function nameFor(mediaType: string, ending: string, filename: string | undefined, sha256: string): string {
  if (filename === undefined) {
    return ONE_DOCUMENT.has(ending) ? `upload-${sha256.slice(0, 16)}${ending}` : `upload${ending}`;
  }
  const isText = mediaType === 'text/markdown' || mediaType === 'text/plain';
  const isKnown = isText ? TEXT_NAME.test(filename) : extname(filename) !== '';
  return isKnown ? filename : `${filename}${ending}`;
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
