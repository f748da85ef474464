import { Command } from 'commander';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption } from '../options.js';
import { printJson, printTable } from '../output/print.js';

interface Corpora {
  readonly corpora: readonly {
    readonly corpus: string;
    readonly document_count: number;
    readonly by_source: Readonly<Record<string, number>>;
    readonly by_author_role: Readonly<Record<string, number>>;
    readonly earliest: string | null;
    readonly latest: string | null;
    readonly last_import: string | null;
  }[];
}

export function corporaCommand(): Command {
  return new Command('corpora')
    .description('what your corpora hold')
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  mcg-agent corpora --user-id alice --json')
    .action(async ({ userId, format }) => {
      await withApi(userId, async (api) => {
        const { body } = await api.send<Corpora>({ path: '/corpora' });
        if (format === 'json') return printJson(body);
        if (body.corpora.length === 0)
          return process.stdout.write('Nothing yet. Start with: mcg-agent import --help\n');
        printTable(
          ['corpus', 'documents', 'from', 'to', 'last import', 'sources', 'written by'],
          body.corpora.map((each) => [
            each.corpus,
            String(each.document_count),
            each.earliest?.slice(0, 10) ?? '',
            each.latest?.slice(0, 10) ?? '',
            each.last_import?.slice(0, 10) ?? '',
            counts(each.by_source),
            counts(each.by_author_role),
          ]),
        );
      });
    });
}

function counts(byName: Readonly<Record<string, number>>): string {
  return Object.entries(byName)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
