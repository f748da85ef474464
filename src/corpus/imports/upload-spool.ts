import { createHash, type Hash } from 'node:crypto';
import { access, type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { CorpusConfig } from '../../config/index.js';
import { AppError, Clock, Ids } from '../../shared/index.js';

export interface SpooledFile {
  readonly path: string;
  readonly bytes: number;
  /** Of the content, lower-case hex. */
  readonly sha256: string;
}

const RETRY_AFTER_SECONDS = 300;
/** An upload is imported within hours; other processes may share the folder, so younger files are theirs. */
const LEFT_OVER_MS = 24 * 60 * 60 * 1000;

/** Holds uploaded bytes on disk, readable by this user only, until they are imported. */
@Injectable()
export class UploadSpool {
  constructor(
    @Inject(CorpusConfig) private readonly config: Pick<CorpusConfig, 'dataDirectory' | 'maxUploadBytes'>,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Removes what killed processes left behind: files older than any upload can last, that no import needs. */
  async removeLeftOvers(inUse: ReadonlySet<string>): Promise<void> {
    const folder = this.folder();
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const info = inUse.has(name) ? null : await stat(path).catch(() => null);
      if (info && this.clock.now().getTime() - info.mtimeMs > LEFT_OVER_MS) await rm(path, { force: true });
    }
  }

  /** Writes the stream to a new file; whatever goes wrong, no file is left. */
  async receive(body: Readable, announcedBytes: string | undefined): Promise<SpooledFile> {
    if (Number(announcedBytes) > this.config.maxUploadBytes) throw this.tooLarge();
    const folder = this.folder();
    const path = join(folder, this.ids.next());
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(path, 'wx', 0o600);
      try {
        return { path, ...(await this.copy(body, file)) };
      } finally {
        await file.close();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw spoolFault(error);
    }
  }

  /** Where a file of this name lies. */
  pathOf(name: string): string {
    return join(this.folder(), basename(name));
  }

  async has(name: string): Promise<boolean> {
    return access(this.pathOf(name)).then(
      () => true,
      () => false,
    );
  }

  async remove(file: Pick<SpooledFile, 'path'>): Promise<void> {
    await rm(file.path, { force: true });
  }

  private folder(): string {
    return join(this.config.dataDirectory, 'spool');
  }

  private async copy(body: Readable, file: FileHandle): Promise<{ bytes: number; sha256: string }> {
    const hash: Hash = createHash('sha256');
    let bytes = 0;
    // The stream must outlive a refusal: destroying a request's stream cuts the line before the answer is sent.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      if (bytes > this.config.maxUploadBytes) throw this.tooLarge();
      hash.update(part);
      await file.writeFile(part);
    }
    if (bytes === 0) {
      throw new AppError('corpus.upload_empty', 'invalid', 'The body of the import is empty.', {
        hint: 'Send the file itself as the body.',
      });
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  private tooLarge(): AppError {
    const { maxUploadBytes } = this.config;
    return new AppError(
      'corpus.upload_too_large',
      'too_large',
      `The upload is over ${maxUploadBytes} bytes.`,
      {
        hint: 'Raise IMPORT_MAX_BYTES, or import the file on the server with `mcg-agent import`.',
        details: { max_bytes: maxUploadBytes },
      },
    );
  }
}

function spoolFault(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (error instanceof AppError) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('corpus.disk_full', 'unavailable', 'The disk is full; nothing was imported.', {
      hint: 'Free space in the folder of MCG_DATA_DIR, then send the file again.',
      retryAfterSeconds: RETRY_AFTER_SECONDS,
      cause: error,
    });
  }
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') {
    return new AppError('corpus.upload_aborted', 'invalid', 'The upload ended before its end.', {
      hint: 'Send the file again.',
      retryable: true,
      cause: error,
    });
  }
  return error;
}
