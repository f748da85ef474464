import { Command } from 'commander';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption } from '../options.js';
import { printJson, printPairs, printTable } from '../output/print.js';

interface Day {
  readonly day: string;
  readonly calls: number;
  readonly tokens: number;
  readonly cost_micro_usd: number;
  readonly price_known: boolean;
}

interface Usage {
  readonly owner: string;
  readonly today: Day;
  readonly limits: Readonly<Record<'calls' | 'tokens' | 'cost_micro_usd', number | null>>;
  readonly resets_at: string;
  readonly days: readonly Day[];
}

export function usageCommand(): Command {
  return new Command('usage')
    .description('what your external calls took today and in the last 30 days, and your daily limits')
    .option('--owner <id>', 'another owner, as an admin')
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  mcg-agent usage --json')
    .action(async ({ owner, userId, format }) => {
      await withApi(userId, async (api) => {
        const { body } = await api.send<Usage>({ path: '/usage', query: { owner } });
        if (format === 'json') return printJson(body);
        const { today, limits } = body;
        printPairs({
          owner: body.owner,
          calls: `${today.calls} of ${limits.calls ?? 'any number'}`,
          tokens: `${today.tokens} of ${limits.tokens ?? 'any number'}`,
          cost: `${costOf(today)} of ${limits.cost_micro_usd === null ? 'any sum' : dollars(limits.cost_micro_usd)}`,
          resets_at: body.resets_at,
        });
        if (body.days.length === 0) return;
        process.stdout.write('\n');
        printTable(
          ['day', 'calls', 'tokens', 'cost'],
          body.days.map((day) => [day.day, String(day.calls), String(day.tokens), costOf(day)]),
        );
      });
    });
}

function costOf(day: Day): string {
  return dollars(day.cost_micro_usd) + (day.price_known ? '' : ' (not all prices known)');
}

function dollars(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(4)}`;
}
