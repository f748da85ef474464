import { text as readAll } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { EXIT } from '../../exit.js';
import { AppError, CORPORA, MODES, STRATEGIES, STYLES, TONES } from '../../shared/index.js';
import type { ApiClient, ApiRequest, ApiResponse } from '../api-client.js';
import { withApi } from '../api-session.js';
import { reportNotice } from '../failure.js';
import { sinceWords, wholeNumber, withCommonOptions } from '../options.js';
import type { Answer } from '../output/answer.js';
import { answerAsMarkdown } from '../output/answer-markdown.js';
import { answerAsText } from '../output/answer-text.js';
import { terminalColumns } from '../output/print.js';
import { stageProgress } from '../output/stage-progress.js';
import { ProgressLine } from '../terminal/progress-line.js';

const EXAMPLES = `
Examples:
  mcg-agent query "What did I decide about heating the greenhouse?"
  mcg-agent query --corpus published social --mode writing "Write a post about compost"
  mcg-agent query --strategy quality --since 1y "What did I promise Anna?"
  echo "What did I promise Anna?" | mcg-agent query --format markdown`;
const PIPED_COLUMNS = 100;

interface Options {
  readonly corpus?: readonly string[];
  readonly mode?: string;
  readonly tone?: string;
  readonly style?: string;
  readonly strategy?: string;
  readonly since?: string;
  readonly maxWords?: number;
  readonly userId?: string;
  readonly format: string;
}

export function queryCommand(): Command {
  return withCommonOptions(new Command('query'), ['text', 'json', 'markdown'])
    .description('ask your corpora; the answer comes with its sources and its record')
    .argument('[prompt...]', 'what to ask; left out or "-": read from standard input')
    .addOption(new Option('--corpus <names...>', 'ask only these').choices(CORPORA))
    .option('--since <time>', 'use nothing older: a date, or how long ago (30d)', sinceWords)
    .addOption(new Option('--mode <mode>', 'kind of answer').choices(MODES))
    .addOption(new Option('--tone <tone>', 'expected tone').choices(TONES))
    .addOption(new Option('--style <style>', 'expected style').choices(STYLES))
    .addOption(new Option('--strategy <strategy>', 'how time is spent').choices(STRATEGIES))
    .option('--max-words <number>', 'longest answer', wholeNumber(10, 2_000))
    .addHelpText('after', EXAMPLES)
    .action(ask);
}

async function ask(words: readonly string[], options: Options): Promise<void> {
  const prompt = await promptFrom(words);
  await withApi(options.userId, async (api) => {
    const { body, requestId } = await answered(api, {
      method: 'POST',
      path: '/query',
      json: {
        prompt,
        corpora: options.corpus,
        since: options.since,
        mode: options.mode,
        strategy: options.strategy,
        expected_tone: options.tone,
        expected_style: options.style,
        max_words: options.maxWords,
      },
    });
    process.stdout.write(rendered({ ...body, request_id: requestId }, options.format));
    if (body.metadata.outcome !== 'insufficient_context') return;
    process.exitCode = EXIT.insufficientContext;
    await sayWhyEmpty(api, options.corpus);
  });
}

/** Who watches a terminal sees the roles at work. */
async function answered(api: ApiClient, request: ApiRequest): Promise<ApiResponse<Answer>> {
  const line = new ProgressLine();
  if (!line.isSeen) return api.send<Answer>(request);
  try {
    return await api.follow<Answer>(request, (step) => {
      const progress = stageProgress(step);
      if (progress !== null) line.show(progress);
    });
  } finally {
    line.clear();
  }
}

/** Nothing found in corpora that hold nothing is no search that failed. */
async function sayWhyEmpty(api: ApiClient, asked: readonly string[] = CORPORA): Promise<void> {
  const { body } = await api
    .send<{ corpora: { corpus: string; document_count: number }[] }>({ path: '/corpora' })
    // The token may ask and not look: then there is nothing to add.
    .catch(() => ({ body: { corpora: [{ corpus: asked[0]!, document_count: 1 }] } }));
  const filled = body.corpora.filter(({ document_count: count }) => count > 0).map(({ corpus }) => corpus);
  if (filled.some((corpus) => asked.includes(corpus))) return;
  const which = filled.length === 0 ? 'Your corpora are' : `Your corpora ${asked.join(' and ')} are`;
  reportNotice(`${which} empty: there is nothing to answer from.\nwhat to do: mcg-agent import PATH`);
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
    : answerAsText(answer, terminalColumns() ?? PIPED_COLUMNS);
}
