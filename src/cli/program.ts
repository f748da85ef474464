import { Command, CommanderError, Option } from 'commander';
import { packageInfo } from '../config/index.js';
import { EXIT } from '../exit.js';
import { completionCommands } from './commands/completion.command.js';
import { configCommand } from './commands/config.command.js';
import { corporaCommand } from './commands/corpora.command.js';
import { demoCommand } from './commands/demo.command.js';
import { doctorCommand } from './commands/doctor.command.js';
import { documentsCommand } from './commands/documents.command.js';
import { exportCommand } from './commands/export.command.js';
import { importCommand } from './commands/import.command.js';
import { importsCommand } from './commands/imports.command.js';
import { mintTokenCommand } from './commands/mint-token.command.js';
import { providersCommand } from './commands/providers.command.js';
import { qaCommand } from './commands/qa.command.js';
import { queryCommand } from './commands/query.command.js';
import { replayCommand } from './commands/replay.command.js';
import { runsCommand } from './commands/runs.command.js';
import { searchCommand } from './commands/search.command.js';
import { serveCommand } from './commands/serve.command.js';
import { statusCommand } from './commands/status.command.js';
import { usageCommand } from './commands/usage.command.js';
import { voiceCommand } from './commands/voice.command.js';
import { workerCommand } from './commands/worker.command.js';
import { reportFailure, reportWarning } from './failure.js';
import { beginInvocation, readProfiles } from './invocation.js';
import { applyProfile } from './options.js';
import { paint } from './terminal/paint.js';

const AFTER_HELP = `
Exit codes:
  0  done                          7  an import found nothing to store
  1  failed                       69  database or server not available
  2  wrong usage or input         70  internal error
  3  the corpora hold no answer   77  not allowed
  4  held for review              78  wrong configuration
  5  done, but some records were unreadable
  6  qa found what --fail-on names
130  stopped with Ctrl-C

Results go to standard output, progress and errors to standard error; --json makes both JSON.
Settings come from flags, then the environment or a .env file (.env.example lists them), then the profile
(mcg-agent config path). Commands speak to MCG_API_URL, or to the server that holds MCG_DATA_DIR, or work
without a server. Something does not work: mcg-agent doctor`;

const COMMANDS = [
  serveCommand,
  workerCommand,
  importCommand,
  importsCommand,
  corporaCommand,
  documentsCommand,
  exportCommand,
  searchCommand,
  queryCommand,
  qaCommand,
  runsCommand,
  replayCommand,
  voiceCommand,
  usageCommand,
  providersCommand,
  statusCommand,
  mintTokenCommand,
  configCommand,
  doctorCommand,
  demoCommand,
];
/** They must work where a file of profiles is broken, or speak of it themselves. */
const WITHOUT_PROFILE = ['config', 'doctor', 'demo', 'completion', 'complete'];

/** Reads the command line, does what it says, and ends with a code that scripts can use. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const isJson = wantsJson(argv);
  beginInvocation({ isJson });
  const program = makeProgram(isJson);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) process.exit(EXIT.ok);
    // Commander has told its own faults, unless they are wanted as JSON.
    if (error instanceof CommanderError && !isJson) process.exit(EXIT.usage);
    process.exit(reportFailure(error, isJson));
  }
}

function makeProgram(isJson: boolean): Command {
  const program = new Command('mcg-agent')
    .description('Writes text from your own corpora, under rules the code cannot break.')
    .version(packageInfo().version)
    .addOption(new Option('--profile <name>', 'profile of the config file to use'))
    .addOption(new Option('--verbose', 'tell each request, its id and the same as curl on standard error'))
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => paint('heading', title),
    })
    .exitOverride()
    .addHelpText('after', AFTER_HELP)
    .hook('preAction', (_, command) => begin(program, command));
  if (isJson) program.configureOutput({ writeErr: () => {}, outputError: () => {} });
  else program.showHelpAfterError('(add --help for the options)');
  for (const make of COMMANDS) program.addCommand(inherited(make(), program));
  completionCommands(program);
  return program;
}

/** Subcommands of a command end the same way as it. */
function inherited(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const each of command.commands) inherited(each, command);
  return command;
}

function begin(program: Command, command: Command): void {
  const { profile = null, verbose = false } = program.opts<{ profile?: string; verbose?: boolean }>();
  beginInvocation({ isVerbose: verbose });
  if (WITHOUT_PROFILE.includes(topOf(command, program).name())) return;
  const profiles = readProfiles(profile);
  beginInvocation({ profiles });
  for (const warning of profiles.warnings) reportWarning(warning);
  applyProfile(command);
}

function topOf(command: Command, program: Command): Command {
  return command.parent === program || command.parent === null ? command : topOf(command.parent, program);
}

/** Read before the command line is: a command line that cannot be read is told as JSON too. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  return flags.some(
    (flag, at) =>
      flag === '--json' || (flag === '--format' && flags[at + 1] === 'json') || flag === '--format=json',
  );
}
