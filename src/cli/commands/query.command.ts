import { text as readAll } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { EXIT } from '../../exit.js';
import { AppError, CORPORA, MODES, STRATEGIES, STYLES, TONES } from '../../shared/index.js';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption, wholeNumber } from '../options.js';
import type { Answer } from '../output/answer.js';
import { answerAsMarkdown } from '../output/answer-markdown.js';
import { answerAsText } from '../output/answer-text.js';

const EXAMPLES = `
Examples:
  mcg-agent query "What did I decide about heating the greenhouse?"
  mcg-agent query --corpus published social --mode writing "Write a post about compost"
  mcg-agent query --strategy quality "What did I promise Anna?"
  echo "What did I promise Anna?" | mcg-agent query --format markdown`;

export function queryCommand(): Command {
  return new Command('query')
    .description('ask your corpora; the answer comes with its sources and its record')
    .argument('[prompt...]', 'what to ask; left out or "-": read from standard input')
    .addOption(new Option('--corpus <names...>', 'ask only these').choices(CORPORA))
    .addOption(new Option('--mode <mode>', 'kind of answer').choices(MODES))
    .addOption(new Option('--tone <tone>', 'expected tone').choices(TONES))
    .addOption(new Option('--style <style>', 'expected style').choices(STYLES))
    .addOption(new Option('--strategy <strategy>', 'how time is spent').choices(STRATEGIES))
    .option('--max-words <number>', 'longest answer', wholeNumber(10, 2_000))
    .addOption(userOption())
    .addOption(formatOption(['text', 'json', 'markdown']))
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (words: string[], options) => {
      const prompt = await promptFrom(words);
      await withApi(options.userId, async (api) => {
        const { body, requestId } = await api.send<Answer>({
          method: 'POST',
          path: '/query',
          json: {
            prompt,
            corpora: options.corpus,
            mode: options.mode,
            strategy: options.strategy,
            expected_tone: options.tone,
            expected_style: options.style,
            max_words: options.maxWords,
          },
        });
        process.stdout.write(rendered({ ...body, request_id: requestId }, options.format));
        if (body.metadata.outcome === 'insufficient_context') process.exitCode = EXIT.insufficientContext;
      });
    });
}

async function promptFrom(words: readonly string[]): Promise<string> {
  const given = words.join(' ');
  if (given !== '' && given !== '-') return given;
  if (process.stdin.isTTY)
    throw new AppError('cli.no_prompt', 'invalid', 'There is no prompt.', {
      hint: 'Write it after the command, or pipe it in: echo "…" | mcg-agent query',
    });
  return (await readAll(process.stdin)).trim();
}

function rendered(answer: Answer, format: string): string {
  if (format === 'json') return `${JSON.stringify(answer, null, 2)}\n`;
  return format === 'markdown'
    ? answerAsMarkdown(answer)
    : answerAsText(answer, process.stdout.columns ?? 100);
}
