import { Command } from 'commander';
import { EXIT } from '../../exit.js';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption } from '../options.js';
import { printJson } from '../output/print.js';

export function replayCommand(): Command {
  return new Command('replay')
    .description('feed a run’s journal back through the roles and compare; exit code 1 where it differs')
    .argument('<task_id>')
    .addOption(userOption())
    .addOption(formatOption(['json']))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  mcg-agent replay 0198f2c4-…')
    .action(async (taskId: string, { userId }) => {
      await withApi(userId, async (api) => {
        const { body } = await api.send<{ identical: boolean }>({
          method: 'POST',
          path: `/runs/${taskId}/replay`,
        });
        printJson(body);
        process.exitCode = body.identical ? EXIT.ok : EXIT.failed;
      });
    });
}
