import { Command } from 'commander';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption } from '../options.js';
import { printJson, printTable } from '../output/print.js';

interface Providers {
  readonly providers: readonly {
    readonly use: string;
    readonly name: string;
    readonly model: string;
    readonly external: boolean;
    readonly reachable: boolean;
    readonly latency_ms: number;
    readonly circuit: string | null;
    readonly problem: string | null;
  }[];
}

export function providersCommand(): Command {
  return new Command('providers')
    .description('what writes for which use, and whether it answers now')
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  mcg-agent providers --json')
    .action(async ({ userId, format }) => {
      await withApi(userId, async (api) => {
        const { body } = await api.send<Providers>({ path: '/providers' });
        if (format === 'json') return printJson(body);
        printTable(
          ['use', 'name', 'model', 'external', 'reachable', 'ms', 'circuit', 'problem'],
          body.providers.map((each) => [
            each.use,
            each.name,
            each.model,
            yesOrNo(each.external),
            yesOrNo(each.reachable),
            String(each.latency_ms),
            each.circuit ?? '-',
            each.problem ?? '-',
          ]),
        );
      });
    });
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
