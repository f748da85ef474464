import { Command } from 'commander';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption } from '../options.js';
import { printJson } from '../output/print.js';

export function corporaCommand(): Command {
  return new Command('corpora')
    .description('what your corpora hold')
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .action(async ({ userId, format }) => {
      await withApi(userId, async (api) => {
        const { body } = await api.send<unknown>({ path: '/corpora' });
        if (format === 'json') return printJson(body);
        printJson(body);
      });
    });
}
