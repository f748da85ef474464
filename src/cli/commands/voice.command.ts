import { Argument, Command } from 'commander';
import { VOICE_REGISTERS } from '../../qa/index.js';
import type { ApiClient } from '../api-client.js';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption } from '../options.js';
import { printJson } from '../output/print.js';
import { printVoice, type ShownVoice } from '../output/voice.js';

const NOTHING =
  'Nothing learned here. Import what you wrote (mcg-agent import --help); a voice that was deleted is learned anew by mcg-agent voice rebuild REGISTER.\n';

export function voiceCommand(): Command {
  return new Command('voice')
    .description('how you write, learned from your own words: show it, delete it, learn it anew')
    .addArgument(new Argument('[action]').choices(['show', 'delete', 'rebuild']).default('show'))
    .addArgument(new Argument('[register]', 'which voice').choices(VOICE_REGISTERS))
    .option('--owner <id>', 'another owner, as an admin')
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  mcg-agent voice\n  mcg-agent voice show chat --json\n  mcg-agent voice rebuild article',
    )
    .action(async (action: string, register: string | undefined, options, command: Command) => {
      if (action !== 'show' && register === undefined)
        command.error(`error: which voice? mcg-agent voice ${action} ${VOICE_REGISTERS.join('|')}`);
      await withApi(options.userId, (api) => carryOut(api, action, register, options));
    });
}

async function carryOut(
  api: ApiClient,
  action: string,
  register: string | undefined,
  { owner, format }: { owner?: string; format: string },
): Promise<void> {
  const query = { owner };
  if (action === 'delete') {
    await api.send({ method: 'DELETE', path: `/voice/${register}`, query });
    if (format === 'json') return printJson({ register, deleted: true });
    process.stdout.write(`The voice for ${register} is deleted; mcg-agent voice rebuild ${register}\n`);
  } else if (action === 'rebuild') {
    const path = `/voice/${register}/rebuild`;
    const { body } = await api.send<ShownVoice>({ method: 'POST', path, query });
    if (format === 'json') return printJson(body);
    printVoice(body);
  } else await show(api, register, query, format);
}

async function show(
  api: ApiClient,
  register: string | undefined,
  query: { owner: string | undefined },
  format: string,
): Promise<void> {
  const { body } = await api.send<{ owner: string; voices: ShownVoice[] }>({ path: '/voice', query });
  const voices = body.voices.filter((each) => register === undefined || each.register === register);
  if (format === 'json') return printJson({ ...body, voices });
  if (voices.length === 0) process.stdout.write(NOTHING);
  for (const [at, voice] of voices.entries()) {
    if (at > 0) process.stdout.write('\n');
    printVoice(voice);
  }
}
