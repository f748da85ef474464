import { Command } from 'commander';
import { processVariables, profilePath } from '../../config/index.js';
import { beginInvocation, commandSettings, readProfiles } from '../invocation.js';
import { formatOption, jsonOption } from '../options.js';
import { printJson, printPairs, say } from '../output/print.js';

const EXAMPLE = `
A file of profiles looks like this (chmod 600 where it holds a token):
  default: home
  profiles:
    home: { data_dir: ~/.mcg, user_id: alice }
    work: { api_url: https://mcg.example.org, token_file: ~/.mcg-token, format: text, corpus: personal }

Flags come before the environment, the environment before the profile. Where the environment names a place
(MCG_API_URL, MCG_DATA_DIR or DATABASE_URL), the profile's place and token do not count.

Examples:
  mcg-agent config path
  mcg-agent config show --profile work`;

export function configCommand(): Command {
  const command = new Command('config')
    .description('where the command line takes its settings from')
    .addHelpText('after', EXAMPLE);
  command
    .command('show')
    .description('the profile in use and what it amounts to; a token is never shown')
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .action((_, shown: Command) => show(shown.optsWithGlobals()));
  command
    .command('path')
    .description('where the file of profiles is looked for')
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .action(({ format }: { format: string }) => {
      const path = profilePath(processVariables());
      if (format === 'json') printJson({ path });
      else say(path);
    });
  return command;
}

function show({ profile: name, format }: { profile?: string; format: string }): void {
  const profiles = readProfiles(name ?? null);
  beginInvocation({ profiles });
  const { client, database } = commandSettings();
  const { path, exists, names, profile, warnings } = profiles;
  const shown = {
    path,
    exists,
    profiles: names,
    profile: profile?.name ?? null,
    api_url: client.apiUrl,
    token_set: client.token !== null,
    user_id: client.userId,
    data_dir: database.dataDirectory,
    database: database.url === null ? 'embedded' : 'postgresql',
    format: profile?.format ?? null,
    corpus: profile?.corpus ?? null,
    warnings,
  };
  if (format === 'json') printJson(shown);
  else printShown(shown);
}

function printShown(shown: {
  readonly path: string;
  readonly exists: boolean;
  readonly profiles: readonly string[];
  readonly profile: string | null;
  readonly api_url: string | null;
  readonly token_set: boolean;
  readonly user_id: string;
  readonly data_dir: string;
  readonly database: string;
  readonly format: string | null;
  readonly corpus: string | null;
  readonly warnings: readonly string[];
}): void {
  printPairs({
    file: shown.exists ? shown.path : `${shown.path} (not there)`,
    profiles: shown.profiles.join(', ') || 'none',
    profile: shown.profile ?? 'none in use',
    api_url: shown.api_url ?? 'none: the server that holds data_dir, or none at all',
    token: shown.token_set ? 'set' : 'none: made from the secret in data_dir',
    user_id: shown.user_id,
    data_dir: shown.data_dir,
    database: shown.database,
    format: shown.format ?? 'text',
    corpus: shown.corpus ?? 'none',
    ...(shown.warnings.length > 0 && { warning: shown.warnings.join('\n') }),
  });
}
