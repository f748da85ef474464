import { Command } from 'commander';
import type { ApiRequest } from '../api-client.js';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption, wholeNumber } from '../options.js';
import { printJson } from '../output/print.js';
import { type ChangedRun, type ListedRun, printChangedRun, printRuns } from '../output/runs.js';

const EXAMPLES = `
Examples:
  mcg-agent runs --state held --all
  mcg-agent runs list --state queued --older-than 15m --all
  mcg-agent runs show 0198f2c4-…
  mcg-agent runs dead --all
  mcg-agent runs retry 0198f2c4-…`;

interface ListOptions {
  readonly limit: number;
  readonly state?: string;
  readonly olderThan?: string;
  readonly owner?: string;
  readonly all?: boolean;
  readonly userId: string;
  readonly format: string;
}

export function runsCommand(): Command {
  const runs = new Command('runs')
    .description('runs: list them, show one, cancel it, try it again')
    .addHelpText('after', EXAMPLES);
  runs.addCommand(listCommand(), { isDefault: true });
  for (const command of [showCommand(), deadCommand(), cancelCommand(), retryCommand()])
    runs.addCommand(command);
  // What the program sets for its commands reaches only those that are there when it is set, and one level.
  for (const command of runs.commands)
    command.exitOverride().showHelpAfterError('(add --help for the options)');
  return runs;
}

function listCommand(): Command {
  return withListOptions(new Command('list'))
    .description('your runs, newest first (also without `list`)')
    .argument('[task_id]', 'the same as `show`')
    .option('--state <state>', 'only runs in this state')
    .action((taskId: string | undefined, options: ListOptions) =>
      taskId === undefined ? list(options, {}) : show(taskId, options.userId),
    );
}

function deadCommand(): Command {
  return withListOptions(new Command('dead'))
    .description('runs that were given up after their last attempt; an admin can retry them')
    .action((options: ListOptions) => list(options, { state: 'failed', dead: true }));
}

function showCommand(): Command {
  return new Command('show')
    .description('one run whole, as JSON')
    .argument('<task_id>')
    .addOption(userOption())
    .action((taskId: string, { userId }) => show(taskId, userId));
}

function cancelCommand(): Command {
  return withFormat(new Command('cancel'))
    .description('end a run before its end: a queued one at once, a running one as soon as it has stopped')
    .argument('<task_id>')
    .action((taskId: string, { userId, format }) =>
      change('cancel', { method: 'DELETE', path: pathOf(taskId) }, userId, format),
    );
}

function retryCommand(): Command {
  return withFormat(new Command('retry'))
    .description('put a run that failed for a passing reason, or was given up, into the queue again (admins)')
    .argument('<task_id>')
    .action((taskId: string, { userId, format }) =>
      change('retry', { method: 'POST', path: `${pathOf(taskId)}/retry` }, userId, format),
    );
}

function withListOptions(command: Command): Command {
  return withFormat(command)
    .option('--limit <number>', 'how many', wholeNumber(1, 100), 20)
    .option('--older-than <age>', 'only runs that were asked for longer ago: 90s, 15m, 2h, 7d')
    .option('--owner <id>', 'of another owner: for admins')
    .option('--all', 'of all owners: for admins, and for reviewers with --state held');
}

function withFormat(command: Command): Command {
  return command
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption());
}

async function list(options: ListOptions, only: { state?: string; dead?: boolean }): Promise<void> {
  const { limit, state, olderThan, owner, all, userId, format } = options;
  const query = { limit, state, all, owner, older_than: olderThan, ...only };
  await withApi(userId, async (api) => {
    const { body } = await api.send<{ runs: ListedRun[] }>({ path: '/runs', query });
    if (format === 'json') return printJson(body);
    printRuns(body.runs, all === true);
  });
}

async function show(taskId: string, userId: string): Promise<void> {
  await withApi(userId, async (api) => printJson((await api.send({ path: pathOf(taskId) })).body));
}

async function change(
  command: 'cancel' | 'retry',
  request: ApiRequest,
  userId: string,
  format: string,
): Promise<void> {
  await withApi(userId, async (api) => {
    const { body } = await api.send<ChangedRun>(request);
    if (format === 'json') return printJson(body);
    printChangedRun(body, command);
  });
}

function pathOf(taskId: string): string {
  return `/runs/${encodeURIComponent(taskId)}`;
}
