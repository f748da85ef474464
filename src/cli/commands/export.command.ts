import { Command, Option } from 'commander';
import type { CorpusName } from '../../shared/index.js';
import { withApi } from '../api-session.js';
import { checkTarget, type ExportTarget, writeExport } from '../export-target.js';
import { corpusOption, userOption } from '../options.js';
import { counted, inBytes } from '../output/figures.js';
import { say } from '../output/print.js';
import { filtersIn, withFilters } from './documents.command.js';

const FORMATS = ['jsonl', 'csv', 'markdown'] as const;

interface ExportOptions {
  readonly corpus: CorpusName;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
  readonly force?: boolean;
  readonly owner?: string;
  readonly userId?: string;
}

const EXAMPLES = `
What is exported can be imported again, here or elsewhere, and gives the same documents.

Examples:
  mcg-agent export --corpus personal
  mcg-agent export --corpus personal --format markdown --out ~/vault/mcg
  mcg-agent export --corpus social --format csv --since 1y --out posts.csv
  mcg-agent export --corpus published --out - | gzip > published.jsonl.gz`;

export function exportCommand(): Command {
  return withFilters(new Command('export'))
    .description('write a corpus out: JSON Lines, a table (CSV), or a folder of Markdown files')
    .addOption(corpusOption().makeOptionMandatory())
    .addOption(new Option('--format <form>', 'form of the export').choices(FORMATS).default(FORMATS[0]))
    .option(
      '--out <path>',
      'file or folder to write; a name ending with .zip keeps Markdown packed; - is standard output',
    )
    .option('--force', 'write over what is there')
    .addOption(userOption())
    .addHelpText('after', EXAMPLES)
    .action(exportCorpus);
}

async function exportCorpus(options: ExportOptions, command: Command): Promise<void> {
  const target = targetOf(options);
  if (target.kind === 'output' && options.format === 'markdown' && process.stdout.isTTY)
    command.error('error: a ZIP is not for a terminal: name a folder with --out');
  await checkTarget(target);
  await withApi(options.userId, async (api) => {
    const body = await api.open({
      path: `/corpora/${options.corpus}/export`,
      query: { ...filtersIn(options), format: options.format, owner: options.owner },
    });
    const written = await writeExport(body, target, showBytes);
    showBytes(null);
    if (target.kind === 'output') return;
    const files = written.files === null ? inBytes(written.bytes) : counted(written.files, 'file');
    say(`Exported ${options.corpus} to ${target.path} (${files}).`);
  });
}

function targetOf({ corpus, format, out, force = false }: ExportOptions): ExportTarget {
  if (out === '-') return { kind: 'output' };
  const isFolder = format === 'markdown' && !/\.zip$/i.test(out ?? '');
  const path = out ?? (isFolder ? `mcg-${corpus}` : `mcg-${corpus}.${format}`);
  return { kind: isFolder ? 'folder' : 'file', path, mayReplace: force };
}

/** One line on standard error that rewrites itself on a terminal; null ends it. */
function showBytes(bytes: number | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(bytes === null ? '\r\u001B[K' : `\r\u001B[Kexporting, ${inBytes(bytes)}`);
}
