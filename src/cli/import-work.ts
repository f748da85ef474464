import { resolve } from 'node:path';
import { TokenService } from '../auth/index.js';
import { type ImportReport, ImportService, presentImport } from '../corpus/index.js';
import { AppError } from '../shared/index.js';
import type { ApiClient } from './api-client.js';
import type { LocalApp } from './api-session.js';
import type { ImportWishes } from './commands/import.command.js';
import { reportNotice } from './failure.js';
import { inBytes } from './output/figures.js';
import { type ImportProgress, type ImportStatus, progressLine } from './output/import-summary.js';
import { ProgressLine } from './terminal/progress-line.js';
import { openUpload } from './upload.js';

/** Imports inside this process: the path is read where it lies. An aborted `signal` cancels; what is stored stays. */
export async function importHere(
  app: LocalApp,
  api: Pick<ApiClient, 'token'>,
  path: string,
  wishes: ImportWishes,
  signal?: AbortSignal,
): Promise<ImportStatus> {
  const { corpus, source, since, dryRun, mirror, self: selfNames, owner } = wishes;
  const request = { corpus, source, since, dryRun, mirror, selfNames, owner, path: resolve(path) };
  // Whom the command acts for: its token says so, here as over HTTP.
  const actor = await app.get(TokenService).verify(api.token);
  const line = new ProgressLine();
  const onProgress = (report: ImportReport) => line.show(progressLine(progressOf(report)));
  try {
    return presentImport(await app.get(ImportService).run(actor, request, { onProgress, signal }));
  } finally {
    line.clear();
  }
}

function progressOf(report: ImportReport): ImportProgress {
  const { read, bytesRead, totalBytes, elapsedMs, partsWaiting } = report;
  const isKnown = partsWaiting === 0 && bytesRead > 0 && elapsedMs > 0;
  return {
    read,
    bytes_read: bytesRead,
    total_bytes: totalBytes,
    documents_per_second: elapsedMs > 0 ? Math.round((read * 1_000) / elapsedMs) : null,
    eta_seconds: isKnown ? (elapsedMs * Math.max(0, totalBytes - bytesRead)) / bytesRead / 1_000 : null,
  };
}

/** Sends the path to a server and waits until it has read it all. An aborted `signal` has the server stop. */
export async function importOver(
  api: ApiClient,
  path: string,
  wishes: ImportWishes,
  signal: AbortSignal,
): Promise<ImportStatus> {
  const line = new ProgressLine();
  try {
    const id = await send(api, path, wishes, signal, line);
    const query = wishes.owner === undefined ? '' : `?owner=${encodeURIComponent(wishes.owner)}`;
    const address = `/imports/${id}${query}`;
    let isStopping = false;
    const seen = (status: ImportStatus) => {
      line.show(signal.aborted ? 'stopping' : progressLine(status));
      if (!signal.aborted || isStopping) return;
      isStopping = true;
      // Where it has ended meanwhile there is nothing to stop, and its state says so.
      api.send({ method: 'DELETE', path: address }).catch(() => {});
    };
    return await api.poll<ImportStatus>(address, ({ state }) => state !== 'running', seen);
  } finally {
    line.clear();
  }
}

async function send(
  api: ApiClient,
  path: string,
  wishes: ImportWishes,
  signal: AbortSignal,
  line: ProgressLine,
): Promise<string> {
  const { corpus, source, since, dryRun, mirror, self, owner } = wishes;
  const { filename, mediaType, stream, totalBytes, leftOut } = await openUpload(path, (bytes) =>
    line.show(`sending ${totalBytes ? `${Math.floor((100 * bytes) / totalBytes)} %` : inBytes(bytes)}`),
  );
  if (leftOut !== null) reportNotice(`left out: ${leftOut}`);
  try {
    const { body } = await api.send<{ import_id: string }>({
      method: 'POST',
      path: corpus === undefined ? '/imports' : `/corpora/${corpus}/import`,
      query: { source, filename, since, dry_run: dryRun, mirror, self, owner },
      body: { stream, mediaType, file: path },
      signal,
    });
    return body.import_id;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError('cli.interrupted', 'unavailable', 'Stopped while sending; nothing was stored.', {
      hint: 'The same import again starts anew.',
      cause: error,
    });
  }
}
