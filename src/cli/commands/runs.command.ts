import { Command } from 'commander';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption, wholeNumber } from '../options.js';
import { printJson, printTable } from '../output/print.js';

interface ListedRun {
  readonly task_id: string;
  readonly state: string;
  readonly mode: string;
  readonly outcome: string | null;
  readonly failure_code: string | null;
  readonly created_at: string;
  readonly duration_ms: number | null;
  readonly prompt?: string;
}

const PROMPT_CHARS = 50;

export function runsCommand(): Command {
  return new Command('runs')
    .description('your runs, newest first, or one of them')
    .argument('[task_id]', 'show this run whole, as JSON')
    .option('--limit <number>', 'how many', wholeNumber(1, 100), 20)
    .option('--state <state>', 'only runs in this state')
    .option('--all', 'of all owners: for admins, and for reviewers with --state held')
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  mcg-agent runs --state held --all\n  mcg-agent runs 0198f2c4-… ')
    .action(async (taskId: string | undefined, { limit, state, all, userId, format }) => {
      await withApi(userId, async (api) => {
        if (taskId) return printJson((await api.send({ path: `/runs/${taskId}` })).body);
        const { body } = await api.send<{ runs: ListedRun[] }>({
          path: '/runs',
          query: { limit, state, all },
        });
        if (format === 'json') return printJson(body);
        printTable(
          ['task_id', 'when', 'state', 'mode', 'ms', 'prompt'],
          body.runs.map((run) => [
            run.task_id,
            run.created_at.slice(0, 16).replace('T', ' '),
            run.failure_code ?? (run.outcome === 'insufficient_context' ? run.outcome : run.state),
            run.mode,
            String(run.duration_ms ?? ''),
            (run.prompt ?? '').replace(/\s+/g, ' ').slice(0, PROMPT_CHARS),
          ]),
        );
      });
    });
}
