import { Command, CommanderError } from 'commander';
import { packageInfo } from '../config/index.js';
import { EXIT, endWith } from '../exit.js';
import { corporaCommand } from './commands/corpora.command.js';
import { demoCommand } from './commands/demo.command.js';
import { importCommand } from './commands/import.command.js';
import { mintTokenCommand } from './commands/mint-token.command.js';
import { providersCommand } from './commands/providers.command.js';
import { qaCommand } from './commands/qa.command.js';
import { queryCommand } from './commands/query.command.js';
import { replayCommand } from './commands/replay.command.js';
import { runsCommand } from './commands/runs.command.js';
import { serveCommand } from './commands/serve.command.js';
import { statusCommand } from './commands/status.command.js';
import { usageCommand } from './commands/usage.command.js';
import { voiceCommand } from './commands/voice.command.js';
import { workerCommand } from './commands/worker.command.js';

const EXIT_CODES = `
Exit codes:
  0  done                          6  qa found what --fail-on names
  1  failed                       69  database or server not available
  2  wrong usage or input         70  internal error
  3  the corpora hold no answer   77  not allowed
  4  held for review              78  wrong configuration
  5  done, but some records were unreadable

Settings come from the environment or a .env file; .env.example lists them.
Commands speak to MCG_API_URL, or to the server that holds MCG_DATA_DIR, or work without a server.`;

/** Reads the command line, does what it says, and ends with a code that scripts can use. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('mcg-agent')
    .description('Writes text from your own corpora, under rules the code cannot break.')
    .version(packageInfo().version)
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .addHelpText('after', EXIT_CODES);
  const commands = [
    serveCommand,
    workerCommand,
    importCommand,
    queryCommand,
    qaCommand,
    corporaCommand,
    runsCommand,
    replayCommand,
    mintTokenCommand,
    statusCommand,
    providersCommand,
    usageCommand,
    voiceCommand,
    demoCommand,
  ];
  for (const make of commands) program.addCommand(make().copyInheritedSettings(program));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage);
    endWith(error);
  }
}
