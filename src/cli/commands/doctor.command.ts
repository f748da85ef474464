import { Command } from 'commander';
import {
  ConfigError,
  inspectSettings,
  processVariables,
  type Settings,
  variablesWith,
} from '../../config/index.js';
import { EXIT } from '../../exit.js';
import { type CheckResult, type CheckState, checked, type Finding, ok } from '../doctor/check.js';
import { dataFolderCheck, profileCheck, versionCheck } from '../doctor/machine-checks.js';
import { serverCheck, tokenCheck } from '../doctor/server-checks.js';
import { databaseCheck, policyCheck, providerCheck, redisCheck } from '../doctor/service-checks.js';
import { readProfiles } from '../invocation.js';
import { formatOption, jsonOption } from '../options.js';
import { printJson, say, terminalColumns } from '../output/print.js';
import { paint } from '../terminal/paint.js';
import { padded, printable, wrapped } from '../terminal/text-columns.js';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look for what does not work, and say what to do about it; changes nothing')
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nEnds with 1 where a check fails; warnings do not count.\n\nExample:\n  mcg-agent doctor --json',
    )
    .action(async (_, command: Command) => {
      const { profile, format } = command.optsWithGlobals<{ profile?: string; format: string }>();
      const checks = await examine(profile ?? null);
      const isWell = checks.every(({ state }) => state !== 'fail');
      if (format === 'json') printJson({ ok: isWell, checks });
      else for (const check of checks) show(check);
      process.exitCode = isWell ? EXIT.ok : EXIT.failed;
    });
}

/** Every check, in the order in which one would look. Nothing is thrown, whatever is broken. */
async function examine(profileName: string | null): Promise<CheckResult[]> {
  const profiles = once(() => readProfiles(profileName));
  const settings = once(() => {
    const variables = variablesWith(processVariables(), profileOrNone(profiles));
    return inspectSettings(variables);
  });
  const using = (check: (settings: Settings) => Finding | Promise<Finding>) => () =>
    check(usable(settings()));
  return Promise.all([
    checked('versions', () => versionCheck()),
    checked('profile', () => profileCheck(profiles)),
    checked('settings', () => settingsCheck(settings())),
    checked('data folder', using(dataFolderCheck)),
    checked('database', using(databaseCheck)),
    checked('policy', using(policyCheck)),
    checked('provider', using(providerCheck)),
    checked('redis', using(redisCheck)),
    checked('server', using(serverCheck)),
    checked('token', using(tokenCheck)),
  ]);
}

type Inspected = ReturnType<typeof inspectSettings>;

function settingsCheck({ settings, problems }: Inspected): Finding {
  if (problems.length > 0) throw new ConfigError(problems);
  return ok(`usable; ${settings?.server.environment}`);
}

/** The rest is looked at with the wrong values left out: one fault must not hide another. */
function usable({ settings, problems }: Inspected): Settings {
  if (settings === null) throw new ConfigError(problems);
  return settings;
}

/** A broken file is told by its own check; the others go on without it. */
function profileOrNone(read: () => ReturnType<typeof readProfiles>) {
  try {
    return read().profile;
  } catch {
    return null;
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const LOOKS: Readonly<Record<CheckState, 'good' | 'warning' | 'bad'>> = {
  ok: 'good',
  warn: 'warning',
  fail: 'bad',
};
const NAME_COLUMNS = 11;

function show({ name, state, says, next }: CheckResult): void {
  const head = `${padded(state, 4)}  ${padded(name, NAME_COLUMNS)}  `;
  const columns = terminalColumns();
  const indent = ' '.repeat(head.length);
  const lines = (text: string) =>
    columns === null ? text : wrapped(text, Math.max(columns, head.length + 16), indent).trimStart();
  say(`${paint(LOOKS[state], padded(state, 4))}  ${padded(name, NAME_COLUMNS)}  ${lines(printable(says))}`);
  if (next !== null) say(`${indent}${lines(printable(`→ ${next}`))}`);
}
