import { Argument, Command } from 'commander';
import { CORPORA } from '../../shared/index.js';
import { withApi } from '../api-session.js';
import { ownerOption, wholeNumber, withCommonOptions } from '../options.js';
import { inBytes, withThousands } from '../output/figures.js';
import { printJson, printTable, say } from '../output/print.js';

interface Corpora {
  readonly corpora: readonly {
    readonly corpus: string;
    readonly document_count: number;
    readonly by_source: Readonly<Record<string, number>>;
    readonly by_author_role: Readonly<Record<string, number>>;
    readonly earliest: string | null;
    readonly latest: string | null;
    readonly bytes: number;
    readonly last_import: string | null;
    readonly retention_days: number | null;
    readonly analysis: { readonly pending: number; readonly total: number };
  }[];
  readonly used_bytes: number;
  readonly quota_bytes: number | null;
}

interface Options {
  readonly owner?: string;
  readonly userId?: string;
  readonly format: string;
}

const corpusArgument = () => new Argument('<corpus>', 'which corpus').choices(CORPORA);

export function corporaCommand(): Command {
  const command = new Command('corpora')
    .description('what your corpora hold, how long it is kept, and how to delete it')
    .addHelpText(
      'after',
      '\nExamples:\n  mcg-agent corpora --user-id alice --json\n  mcg-agent corpora retention social 365\n  mcg-agent corpora delete social',
    );
  withCommonOptions(command.command('list', { isDefault: true }))
    .description('what your corpora hold')
    .addOption(ownerOption())
    .action(list);
  withCommonOptions(command.command('retention'))
    .description('delete documents when they are older than so many days')
    .addArgument(corpusArgument())
    .argument('<days>', 'a number of days, or "default" for what the deployment says')
    .addOption(ownerOption())
    .action(keep);
  withCommonOptions(command.command('delete'))
    .description('delete a whole corpus for good; without --confirm it tells how many documents that are')
    .addArgument(corpusArgument())
    .option(
      '--confirm <count>',
      'how many documents you mean to delete',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .addOption(ownerOption())
    .action(remove);
  return command;
}

async function list({ owner, userId, format }: Options): Promise<void> {
  await withApi(userId, async (api) => {
    const { body } = await api.send<Corpora>({ path: '/corpora', query: { owner } });
    if (format === 'json') return printJson(body);
    if (body.corpora.length === 0) return say('Nothing yet. Start with: mcg-agent import PATH');
    printTable(
      ['corpus', 'documents', 'size', 'from', 'to', 'last import', 'kept', 'sources', 'written by'],
      body.corpora.map((each) => [
        each.corpus,
        withThousands(each.document_count),
        inBytes(each.bytes),
        each.earliest?.slice(0, 10) ?? '',
        each.latest?.slice(0, 10) ?? '',
        each.last_import?.slice(0, 10) ?? '',
        each.retention_days === null ? 'for ever' : `${each.retention_days} days`,
        counts(each.by_source),
        counts(each.by_author_role),
      ]),
    );
    for (const { corpus, analysis } of body.corpora)
      if (analysis.pending > 0)
        say(`${corpus}: ${withThousands(analysis.pending)} documents are still being looked through`);
    if (body.quota_bytes !== null) say(`${inBytes(body.used_bytes)} of ${inBytes(body.quota_bytes)} used`);
  });
}

async function keep(corpus: string, wanted: string, options: Options, command: Command): Promise<void> {
  const days = wanted === 'default' ? null : daysIn(wanted, command);
  await withApi(options.userId, async (api) => {
    const path = `/corpora/${corpus}/retention`;
    const query = { owner: options.owner };
    const { body } = await api.send<{ retention_days: number | null; due?: number }>(
      days === null ? { method: 'DELETE', path, query } : { method: 'POST', path, query, json: { days } },
    );
    if (options.format === 'json') return printJson(body);
    const { retention_days: kept, due } = body;
    say(kept === null ? `${corpus}: kept for ever` : `${corpus}: kept for ${kept} days`);
    if (due) say(`${withThousands(due)} documents are older and will be deleted soon.`);
  });
}

function daysIn(text: string, command: Command): number {
  try {
    return wholeNumber(1, 36_500)(text);
  } catch {
    return command.error(`error: ${text} is neither "default" nor a whole number of days from 1 to 36500`);
  }
}

async function remove(corpus: string, options: Options & { readonly confirm?: number }): Promise<void> {
  await withApi(options.userId, async (api) => {
    const { body } = await api.send<{ deleted: number }>({
      method: 'DELETE',
      path: `/corpora/${corpus}`,
      query: { owner: options.owner, confirm: options.confirm },
    });
    if (options.format === 'json') return printJson(body);
    say(`${corpus}: ${withThousands(body.deleted)} documents deleted`);
  });
}

function counts(byName: Readonly<Record<string, number>>): string {
  return Object.entries(byName)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
