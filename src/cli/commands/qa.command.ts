import { Command, Option } from 'commander';
import { EXIT } from '../../exit.js';
import { CHECK_LIMITS, type TextCheck } from '../../qa/index.js';
import { STYLES, type Style, TONES, type Tone } from '../../shared/index.js';
import { withApi } from '../api-session.js';
import { reportNotice } from '../failure.js';
import { formatOption, jsonOption, userOption } from '../options.js';
import { printJson } from '../output/print.js';
import { checkAsText } from '../output/qa.js';
import { jsonBytes, type NamedText, type ReadParts, readParts, readText, type TextPart } from '../texts.js';

/** The server takes 1 MiB; what is left is for the names of the fields. */
const MAX_BYTES = 1_000_000;
/** What sources leave to own texts, where both are given. */
const SOURCES_SHARE = 0.6;
const NOTHING: ReadParts = { parts: [], bytes: 0, leftOut: [] };
const FAIL_ON = ['findings', 'personal_data', 'planted_instructions'] as const;

interface QaOptions {
  readonly sources?: string[];
  readonly voice?: string[];
  readonly input?: string;
  readonly tone: Tone;
  readonly style?: Style;
  readonly prompt?: string;
  readonly failOn?: (typeof FAIL_ON)[number][];
  readonly userId: string;
  readonly format: string;
}

export function qaCommand(): Command {
  return new Command('qa')
    .description('measure a text: tone, style, personal data, planted instructions, grounding, voice')
    .argument('<file>', 'the text; "-": read from standard input')
    .option('--sources <paths...>', 'files or folders of .md and .txt that it may rest on')
    .option('--voice <paths...>', 'own texts of the person whose voice it should have')
    .option('--input <file>', 'the longer text it was made from')
    .addOption(new Option('--tone <tone>', 'expected tone').choices(TONES).default('neutral'))
    .addOption(new Option('--style <style>', 'expected style').choices(STYLES))
    .option('--prompt <text>', 'what it answers')
    .addOption(new Option('--fail-on <what...>', 'end with 6 where there is any of it').choices(FAIL_ON))
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Lines and columns count from 1, columns in UTF-16 code units. Nothing of the texts is kept.

Examples:
  mcg-agent qa draft.md --sources ~/notes --voice ~/blog --tone friendly
  mcg-agent qa summary.txt --input article.txt --fail-on findings planted_instructions
  pbpaste | mcg-agent qa - --json`,
    )
    .action(check);
}

async function check(path: string, options: QaOptions): Promise<void> {
  const { text, input, sources, voice } = await textsOf(path, options);
  const leftOut = [...sources.leftOut, ...voice.leftOut];
  for (const line of leftOut) reportNotice(`left out: ${line}`);
  await withApi(options.userId, async (api) => {
    const { body } = await api.send<TextCheck>({
      method: 'POST',
      path: '/qa/check',
      json: {
        text: text.text,
        sources: textsIn(sources.parts),
        voice_samples: textsIn(voice.parts),
        input: input?.text,
        tone: options.tone,
        style: options.style,
        prompt: options.prompt,
      },
    });
    const { tone, style = null } = options;
    if (options.format === 'json') {
      const parts = sources.parts.map(({ of, start }) => ({ file: of.name, start }));
      printJson({ file: text.name, ...body, source_files: parts, left_out: leftOut });
    } else
      process.stdout.write(checkAsText({ check: body, text, input, sources: sources.parts, tone, style }));
    if (options.failOn?.some((what) => body[what].length > 0)) process.exitCode = EXIT.found;
  });
}

interface Texts {
  readonly text: NamedText;
  readonly input: NamedText | null;
  readonly sources: ReadParts;
  readonly voice: ReadParts;
}

async function textsOf(path: string, options: QaOptions): Promise<Texts> {
  const { textChars } = CHECK_LIMITS;
  const text = await readText(path, textChars);
  const input = options.input === undefined ? null : await readText(options.input, textChars);
  const left =
    MAX_BYTES - jsonBytes(text.text) - jsonBytes(input?.text ?? '') - jsonBytes(options.prompt ?? '');
  const share = options.voice ? SOURCES_SHARE : 1;
  const sources = await partsOf(options.sources, left * share);
  const voice = await partsOf(options.voice, left - sources.bytes);
  return { text, input, sources, voice };
}

async function partsOf(paths: readonly string[] | undefined, bytes: number): Promise<ReadParts> {
  return paths === undefined ? NOTHING : readParts(paths, { ...CHECK_LIMITS, bytes });
}

function textsIn(parts: readonly TextPart[]): string[] {
  return parts.map(({ text }) => text);
}
