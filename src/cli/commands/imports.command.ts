import { Command } from 'commander';
import { EXIT } from '../../exit.js';
import type { ApiClient } from '../api-client.js';
import { withApi } from '../api-session.js';
import { ownerOption, wholeNumber, withCommonOptions } from '../options.js';
import { minuteOf } from '../output/figures.js';
import {
  countsOf,
  type ImportStatus,
  importSummary,
  placeOf,
  undoProgress,
} from '../output/import-summary.js';
import { printJson, printTable, say } from '../output/print.js';
import { ProgressLine } from '../terminal/progress-line.js';

interface Options {
  readonly owner?: string;
  readonly userId?: string;
  readonly format: string;
}

export function importsCommand(): Command {
  const command = new Command('imports')
    .description('your imports: how they stand, stop them, take them back')
    .addHelpText(
      'after',
      '\nExamples:\n  mcg-agent imports list\n  mcg-agent imports show 0198f2c4-…\n  mcg-agent imports undo 0198f2c4-…',
    );
  withCommonOptions(command.command('list', { isDefault: true }))
    .description('newest first')
    .option('--limit <number>', 'how many', wholeNumber(1, 100), 20)
    .option('--cursor <cursor>', 'the next_cursor of a page')
    .addOption(ownerOption())
    .action(list);
  withCommonOptions(command.command('show'))
    .description('one import: counts, what was skipped and why')
    .argument('<import_id>')
    .addOption(ownerOption())
    .action((id: string, options: Options) => one(id, options, 'show'));
  withCommonOptions(command.command('undo'))
    .description('take an import back: what it created goes, what it replaced or removed returns')
    .argument('<import_id>')
    .addOption(ownerOption())
    .action((id: string, options: Options) => one(id, options, 'undo'));
  withCommonOptions(command.command('cancel'))
    .description('stop an import; what it has stored stays')
    .argument('<import_id>')
    .addOption(ownerOption())
    .action((id: string, options: Options) => one(id, options, 'cancel'));
  return command;
}

interface Page {
  readonly imports: readonly ImportStatus[];
  readonly next_cursor: string | null;
}

async function list(options: Options & { readonly limit: number; readonly cursor?: string }): Promise<void> {
  const { limit, cursor, owner, format } = options;
  await withApi(options.userId, async (api) => {
    const { body } = await api.send<Page>({ path: '/imports', query: { limit, cursor, owner } });
    if (format === 'json') return printJson(body);
    if (body.imports.length === 0) return say('Nothing yet. Start with: mcg-agent import PATH');
    printTable(
      ['import_id', 'when', 'state', 'what'],
      body.imports.map((each) => [
        each.import_id,
        minuteOf(each.started_at),
        each.options.dry_run ? `${each.state} (dry run)` : each.state,
        `${placeOf(each)}: ${countsOf(each)}`,
      ]),
    );
    if (body.next_cursor !== null) say(`\nmore: --cursor ${body.next_cursor}`);
  });
}

async function one(id: string, options: Options, verb: 'show' | 'undo' | 'cancel'): Promise<void> {
  await withApi(options.userId, async (api) => {
    const status = await ACTIONS[verb](api, id, options.owner);
    printImport(status, options.format);
    if (verb === 'undo' && status.state !== 'undone') process.exitCode = EXIT.failed;
  });
}

const ACTIONS = { show: showImport, undo: undoImport, cancel: cancelImport };

async function showImport(api: ApiClient, id: string, owner?: string): Promise<ImportStatus> {
  return (await api.send<ImportStatus>({ path: addressOf(id), query: { owner } })).body;
}

/** Takes an import back and waits for the end. */
export async function undoImport(api: ApiClient, id: string, owner?: string): Promise<ImportStatus> {
  const query = { owner };
  await api.send({ method: 'POST', path: `${addressOf(id)}/undo`, query });
  return waitFor(api, id, owner, (status) => (status.state === 'undoing' ? undoProgress(status) : null));
}

/** Tells an import to stop and waits until it has. */
export async function cancelImport(api: ApiClient, id: string, owner?: string): Promise<ImportStatus> {
  await api.send({ method: 'DELETE', path: addressOf(id), query: { owner } });
  return waitFor(api, id, owner, ({ state }) => (state === 'running' ? 'stopping' : null));
}

/** `progress` says how far it is, and null at the end. */
async function waitFor(
  api: ApiClient,
  id: string,
  owner: string | undefined,
  progress: (status: ImportStatus) => string | null,
): Promise<ImportStatus> {
  const line = new ProgressLine();
  const query = owner === undefined ? '' : `?owner=${encodeURIComponent(owner)}`;
  const seen = (status: ImportStatus) => line.show(progress(status) ?? '');
  try {
    return await api.poll<ImportStatus>(
      `${addressOf(id)}${query}`,
      (status) => progress(status) === null,
      seen,
    );
  } finally {
    line.clear();
  }
}

export function printImport(status: ImportStatus, format: string): void {
  if (format === 'json') printJson(status);
  else process.stdout.write(importSummary(status));
}

function addressOf(id: string): string {
  return `/imports/${encodeURIComponent(id)}`;
}
