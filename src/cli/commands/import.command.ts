import { resolve } from 'node:path';
import { Command } from 'commander';
import { TokenService } from '../../auth/index.js';
import { ImportService, presentImport } from '../../corpus/index.js';
import { EXIT } from '../../exit.js';
import type { Actor, CorpusName } from '../../shared/index.js';
import type { ApiClient } from '../api-client.js';
import { type LocalApp, withApi } from '../api-session.js';
import { corpusOption, formatOption, jsonOption, userOption } from '../options.js';
import {
  type ImportProgress,
  type ImportStatus,
  importSummary,
  progressLine,
} from '../output/import-summary.js';
import { printJson } from '../output/print.js';
import { openUpload } from '../upload.js';

interface ImportOptions {
  readonly corpus: CorpusName;
  readonly source?: string;
  readonly userId: string;
  readonly format: string;
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'import a ChatGPT export (conversations.json or its ZIP) or a file or folder of Markdown or text',
    )
    .argument('<path>')
    .addOption(corpusOption().makeOptionMandatory())
    .option('--source <name>', 'which importer; left out: decided by content')
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  mcg-agent import ~/Downloads/chatgpt-export.zip --corpus personal\n  mcg-agent import ~/blog --corpus published',
    )
    .action(async (path: string, options: ImportOptions) => {
      await withApi(options.userId, async (api, app) => {
        const done = app
          ? await importHere(app, await actorOf(app, api), path, options, showProgress)
          : await sendTo(api, path, options);
        showProgress(null);
        if (options.format === 'json') printJson(done);
        else process.stdout.write(importSummary(done));
        if (done.state === 'failed') process.exitCode = EXIT.failed;
        else if (done.unreadable > 0) process.exitCode = EXIT.someUnreadable;
      });
    });
}

/** Whom the command acts for: its token says so, here as over HTTP. */
function actorOf(app: LocalApp, api: ApiClient): Promise<Actor> {
  return app.get(TokenService).verify(api.token);
}

/** Imports inside this process: the path is read where it lies. */
export async function importHere(
  app: LocalApp,
  actor: Actor,
  path: string,
  options: Pick<ImportOptions, 'corpus' | 'source'>,
  seen: (status: ImportProgress) => void,
): Promise<ImportStatus> {
  const request = { corpus: options.corpus, path: resolve(path), source: options.source };
  const record = await app
    .get(ImportService)
    .run(actor, request, ({ read, bytesRead, totalBytes }) =>
      seen({ read, bytes_read: bytesRead, total_bytes: totalBytes }),
    );
  return presentImport(record);
}

/** Sends the path to a server and waits until it has read it all. */
async function sendTo(api: ApiClient, path: string, options: ImportOptions): Promise<ImportStatus> {
  const { filename, mediaType, stream } = await openUpload(path);
  const { body } = await api.send<{ import_id: string }>({
    method: 'POST',
    path: `/corpora/${options.corpus}/import`,
    query: { source: options.source, filename },
    body: { stream, mediaType },
  });
  return api.poll<ImportStatus>(
    `/imports/${body.import_id}`,
    ({ state }) => state !== 'running',
    showProgress,
  );
}

/** One line on standard error that rewrites itself on a terminal; null ends it. */
function showProgress(status: ImportProgress | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(status === null ? '\r\u001B[K' : `\r\u001B[K${progressLine(status)}`);
}
