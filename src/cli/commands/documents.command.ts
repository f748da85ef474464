import { Command, Option } from 'commander';
import { AppError, AUTHOR_ROLES, CORPORA, type CorpusName } from '../../shared/index.js';
import type { ApiClient } from '../api-client.js';
import { withApi } from '../api-session.js';
import { corpusOption, moment, ownerOption, wholeNumber, withCommonOptions } from '../options.js';
import {
  type ListedDocument,
  printDocument,
  printDocuments,
  type ShownDocument,
} from '../output/document.js';
import { counted } from '../output/figures.js';
import { printJson, say } from '../output/print.js';

interface Options {
  readonly corpus?: CorpusName;
  readonly owner?: string;
  readonly userId?: string;
  readonly format: string;
}

interface ListOptions extends Options {
  readonly limit: number;
  readonly cursor?: string;
}

const EXAMPLES = `
Examples:
  mcg-agent documents list --corpus social --since 30d --tag pii:email
  mcg-agent documents show 42
  mcg-agent documents tag 42 --add private --remove draft
  mcg-agent documents delete 42 43
  mcg-agent documents delete --corpus personal --source mail --until 2015-01-01`;

export function documentsCommand(): Command {
  const command = new Command('documents')
    .description('list, show, tag and delete what your corpora hold')
    .addHelpText('after', EXAMPLES);
  withFilters(withCommonOptions(command.command('list')))
    .description('newest first')
    .addOption(corpusOption())
    .option('--limit <number>', 'how many', wholeNumber(1, 100), 20)
    .option('--cursor <cursor>', 'the next_cursor of a page, with --corpus')
    .action(list);
  withCommonOptions(command.command('show'))
    .description('one document, whole')
    .argument('<document_id>')
    .addOption(corpusOption())
    .addOption(ownerOption())
    .action(show);
  withCommonOptions(command.command('tag'))
    .description('give a document tags of your own, or take them away')
    .argument('<document_id>')
    .option('--add <tags...>', 'tags to give')
    .option('--remove <tags...>', 'tags to take away')
    .addOption(corpusOption())
    .addOption(ownerOption())
    .action(tag);
  withFilters(withCommonOptions(command.command('delete')))
    .description(
      'delete documents for good: those named, or all of a corpus that match; then --confirm says how many',
    )
    .argument('[document_ids...]')
    .addOption(corpusOption())
    .option(
      '--confirm <count>',
      'how many documents you mean to delete',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .action(remove);
  return command;
}

const FILTERS = ['source', 'tag', 'since', 'until', 'author', 'thread', 'language'] as const;

/** The options that choose documents of a corpus. */
export function withFilters(command: Command): Command {
  return command
    .option('--source <name>', 'only from this kind of export')
    .option('--tag <tag>', 'only with this tag')
    .option('--since <time>', 'not before a date, or how long ago (30d)', moment)
    .option('--until <time>', 'before a date, or how long ago', moment)
    .addOption(new Option('--author <role>', 'only by').choices(AUTHOR_ROLES))
    .option('--thread <id>', 'only of this thread')
    .option('--language <code>', 'only in this language (en)')
    .addOption(ownerOption());
}

type Filters = Readonly<Partial<Record<(typeof FILTERS)[number], string>>>;

/** What was chosen, by the names of the API. */
export function filtersIn(options: object): Filters {
  const given = options as Filters;
  return Object.fromEntries(FILTERS.map((name) => [name, given[name]]));
}

interface Page {
  readonly documents: readonly ListedDocument[];
  readonly next_cursor: string | null;
}

async function list(options: ListOptions, command: Command): Promise<void> {
  const { corpus, limit, cursor, owner, format } = options;
  if (cursor !== undefined && corpus === undefined) command.error('error: --cursor goes with --corpus');
  await withApi(options.userId, async (api) => {
    const pageOf = async (name: CorpusName) => {
      const query = { ...filtersIn(options), owner, limit, cursor };
      return (await api.send<Page>({ path: `/corpora/${name}/documents`, query })).body;
    };
    const page =
      corpus === undefined ? newestOf(await Promise.all(CORPORA.map(pageOf)), limit) : await pageOf(corpus);
    if (format === 'json') return printJson(page);
    if (page.documents.length === 0) return say('No document matches.');
    printDocuments(page.documents);
    if (page.next_cursor !== null) say(`\nmore: --cursor ${page.next_cursor}`);
  });
}

/** Pages have an order of their own, so that only those of one corpus can be continued. */
function newestOf(pages: readonly Page[], limit: number): Page {
  const documents = pages
    .flatMap((page) => page.documents)
    .toSorted((one, other) => (other.timestamp ?? '').localeCompare(one.timestamp ?? ''))
    .slice(0, limit);
  return { documents, next_cursor: null };
}

async function show(id: string, { corpus, owner, userId, format }: Options): Promise<void> {
  await withApi(userId, async (api) => {
    const document = await found(api, id, corpus, owner);
    if (format === 'json') printJson(document);
    else printDocument(document);
  });
}

/** The document, in the corpus that is named or in whichever has it. */
async function found(
  api: ApiClient,
  id: string,
  corpus: CorpusName | undefined,
  owner: string | undefined,
): Promise<ShownDocument> {
  const corpora = corpus === undefined ? CORPORA : [corpus];
  for (const [at, name] of corpora.entries()) {
    try {
      const path = `/corpora/${name}/documents/${encodeURIComponent(id)}`;
      return (await api.send<ShownDocument>({ path, query: { owner } })).body;
    } catch (error) {
      const isElsewhere = error instanceof AppError && error.kind === 'not_found' && at < corpora.length - 1;
      if (!isElsewhere) throw error;
    }
  }
  throw new Error('a corpus is always named');
}

interface TagOptions extends Options {
  readonly add?: string[];
  readonly remove?: string[];
}

async function tag(id: string, options: TagOptions, command: Command): Promise<void> {
  const { add = [], remove: taken = [], owner, format } = options;
  if (add.length + taken.length === 0) command.error('error: name tags with --add or --remove');
  await withApi(options.userId, async (api) => {
    const { corpus, document_id: known } = await found(api, id, options.corpus, owner);
    const { body } = await api.send<{ user_tags: string[] }>({
      method: 'POST',
      path: `/corpora/${corpus}/documents/${known}/tags`,
      query: { owner },
      json: { add, remove: taken },
    });
    if (format === 'json') return printJson(body);
    say(`${known}: ${body.user_tags.join(', ') || 'no tags of your own'}`);
  });
}

async function remove(
  ids: readonly string[],
  options: Options & { readonly confirm?: number },
  command: Command,
): Promise<void> {
  const { corpus, owner, confirm, format } = options;
  const filters = filtersIn(options);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  if (ids.length > 0 && isFiltered) command.error('error: name documents or filters, not both');
  if (ids.length === 0 && (corpus === undefined || !isFiltered))
    command.error(
      'error: name documents, or --corpus with a filter (mcg-agent corpora delete takes all of it)',
    );
  await withApi(options.userId, async (api) => {
    const { body } =
      ids.length > 0
        ? { body: { deleted: await deleteAll(api, ids, options) } }
        : await api.send<{ deleted: number }>({
            method: 'DELETE',
            path: `/corpora/${corpus}/documents`,
            query: { ...filters, owner, confirm },
          });
    if (format === 'json') printJson(body);
    else say(`${counted(body.deleted, 'document')} deleted`);
  });
}

/** All are looked up before the first is deleted: one that is not there stops it while nothing is lost. */
async function deleteAll(
  api: ApiClient,
  ids: readonly string[],
  { corpus, owner }: Options,
): Promise<number> {
  const documents: ShownDocument[] = [];
  for (const id of new Set(ids)) documents.push(await found(api, id, corpus, owner));
  for (const { corpus: name, document_id: id } of documents)
    await api.send({ method: 'DELETE', path: `/corpora/${name}/documents/${id}`, query: { owner } });
  return documents.length;
}
