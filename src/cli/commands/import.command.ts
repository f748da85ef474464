import { Command } from 'commander';
import { EXIT } from '../../exit.js';
import type { CorpusName } from '../../shared/index.js';
import type { ApiClient } from '../api-client.js';
import { type LocalApp, withApi } from '../api-session.js';
import { importHere, importOver } from '../import-work.js';
import { Interruption } from '../interruption.js';
import { collected, corpusOption, moment, ownerOption, withCommonOptions } from '../options.js';
import type { ImportStatus } from '../output/import-summary.js';
import { requirePath } from '../upload.js';
import { printImport, undoImport } from './imports.command.js';

/** What the command line says of an import. */
export interface ImportWishes {
  readonly corpus?: CorpusName;
  readonly source?: string;
  readonly since?: string;
  readonly dryRun?: boolean;
  readonly mirror?: boolean;
  readonly self?: readonly string[];
  readonly owner?: string;
}

interface Options extends ImportWishes {
  readonly undo?: string;
  readonly userId?: string;
  readonly format: string;
}

const HELP = `
A path is a file, a folder or a ZIP: an export as a service gives it (ChatGPT, Claude, Gemini, mail, blogs, posts …)
or texts of your own. What it is is found out by its content; without --corpus each part goes where such things
belong. The same import again changes nothing. Ctrl-C stops it; what is stored by then stays.

Examples:
  mcg-agent import ~/Downloads/chatgpt-export.zip
  mcg-agent import ~/blog --corpus published --mirror
  mcg-agent import archive.mbox --self me@example.org --since 2020-01-01 --dry-run
  mcg-agent import --undo 0198f2c4-…`;

export function importCommand(): Command {
  return withCommonOptions(new Command('import'))
    .description('import a file, a folder or a ZIP into your corpora')
    .argument('[path]')
    .addOption(corpusOption())
    .option('--source <name>', 'which importer; left out: decided by content')
    .option('--since <time>', 'leave out what is older: a date, or how long ago (30d)', moment)
    .option('--self <name>', 'a name or address of yours in the export; may be repeated', collected)
    .option('--mirror', 'remove what the export no longer holds')
    .option('--dry-run', 'count what would be stored, and store nothing')
    .option('--undo <import_id>', 'take an import back instead')
    .addOption(ownerOption())
    .addHelpText('after', HELP)
    .action(run);
}

async function run(path: string | undefined, options: Options, command: Command): Promise<void> {
  const { undo, userId, format } = options;
  if ((path === undefined) === (undo === undefined))
    command.error("error: missing required argument 'path' (or --undo with an import_id, and no path)");
  if (undo !== undefined) {
    await withApi(userId, async (api) => printImport(await undoImport(api, undo, options.owner), format));
    return;
  }
  await requirePath(path!);
  const interruption = new Interruption('stopping after what is being stored; Ctrl-C again ends at once');
  try {
    await withApi(userId, async (api, app) => {
      const status = await imported(api, app, path!, options, interruption.signal);
      printImport(status, format);
      // It may have come to its end before it could be stopped.
      const isStopped = interruption.signal.aborted && status.state === 'cancelled';
      process.exitCode = isStopped ? EXIT.interrupted : exitCodeOfImport(status);
    });
  } finally {
    interruption.end();
  }
}

function imported(
  api: ApiClient,
  app: LocalApp | null,
  path: string,
  options: Options,
  signal: AbortSignal,
): Promise<ImportStatus> {
  return app ? importHere(app, api, path, options, signal) : importOver(api, path, options, signal);
}

/** Nothing at all to store is told apart from some records that could not be read. */
export function exitCodeOfImport(status: ImportStatus): number {
  const { state, created, changed, unchanged, removed, unreadable, options } = status;
  if (state !== 'succeeded') return EXIT.failed;
  const isEmpty = created + changed + unchanged + removed === 0;
  // Nothing new since a day is what one hopes for, not a fault.
  if (isEmpty && (options.since === null || unreadable > 0)) return EXIT.nothingImported;
  return unreadable > 0 ? EXIT.someUnreadable : EXIT.ok;
}
