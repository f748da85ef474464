import { Command } from 'commander';
import { mintToken } from '../../auth/index.js';
import { loadSettings } from '../../config/index.js';
import { SystemClock } from '../../shared/index.js';
import { scopeList, wholeNumber } from '../options.js';

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
    .addHelpText(
      'after',
      '\nExample:\n  TOKEN=$(mcg-agent mint-token --user-id alice --scope query,admin --minutes 120)',
    )
    .action(async ({ userId, scope, minutes }) => {
      const { auth } = loadSettings();
      process.stdout.write(
        `${await mintToken(auth, new SystemClock(), { userId, scopes: scope, minutes })}\n`,
      );
    });
}
