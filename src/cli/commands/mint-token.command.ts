import { Command } from 'commander';
import { mintToken } from '../../auth/index.js';
import { SystemClock } from '../../shared/index.js';
import { commandSettings } from '../invocation.js';
import { formatOption, jsonOption, scopeList, wholeNumber } from '../options.js';
import { printJson } from '../output/print.js';

const MAX_MINUTES = 60 * 24 * 366;

export function mintTokenCommand(): Command {
  return new Command('mint-token')
    .description('print a token signed with the HS256 secret, and nothing else')
    .requiredOption('--user-id <id>', 'the user it speaks for (the claim sub)')
    .option(
      '--scope <scopes>',
      'comma-separated scopes',
      scopeList,
      scopeList('query,corpora:read,corpora:write'),
    )
    .option('--minutes <number>', 'how long it is valid', wholeNumber(1, MAX_MINUTES), 60)
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  TOKEN=$(mcg-agent mint-token --user-id alice --scope query,admin --minutes 120)',
    )
    .action(async ({ userId, scope, minutes, format }) => {
      const clock = new SystemClock();
      const { auth } = commandSettings();
      const token = await mintToken(auth, clock, { userId, scopes: scope, minutes });
      if (format !== 'json') return void process.stdout.write(`${token}\n`);
      const expiresAt = new Date(clock.now().getTime() + minutes * 60_000).toISOString();
      printJson({ token, user_id: userId, scopes: scope, expires_at: expiresAt });
    });
}
