import { Command, Option } from 'commander';
import { AUTHOR_ROLES, CORPORA, type CorpusName } from '../../shared/index.js';
import { withApi } from '../api-session.js';
import { moment, ownerOption, wholeNumber, withCommonOptions } from '../options.js';
import { printJson, say } from '../output/print.js';
import { printHits, printReasons, type ShownHit } from '../output/search-hits.js';

interface Options {
  readonly corpus?: readonly CorpusName[];
  readonly limit: number;
  readonly explain?: boolean;
  readonly userId?: string;
  readonly format: string;
  readonly [filter: string]: unknown;
}

interface Found {
  readonly hits: readonly ShownHit[];
  readonly terms: readonly { readonly stem: string; readonly forms: readonly string[] }[];
}

const FILTERS = ['since', 'until', 'author', 'source', 'thread', 'tag', 'language', 'owner'] as const;

export function searchCommand(): Command {
  return withCommonOptions(new Command('search'))
    .description('search your corpora: verbatim snippets, best first, each with where it comes from')
    .argument('<words...>', 'what to look for; what stands in "quotation marks" must stand so in the text')
    .addOption(new Option('--corpus <names...>', 'search only these').choices(CORPORA))
    .option('--limit <number>', 'how many', wholeNumber(1, 100), 10)
    .option('--since <time>', 'not before a date, or how long ago (30d)', moment)
    .option('--until <time>', 'before a date, or how long ago', moment)
    .addOption(new Option('--author <role>', 'only by').choices(AUTHOR_ROLES))
    .option('--author-name <name>', 'only by who is called so in the source')
    .option('--source <name>', 'only from this kind of export')
    .option('--thread <id>', 'only of this thread')
    .option('--tag <tag>', 'only with this tag')
    .option('--language <code>', 'only in this language (en)')
    .option('--explain', 'show what each score is made of')
    .addOption(ownerOption())
    .addHelpText(
      'after',
      '\nExamples:\n  mcg-agent search pear tree\n  mcg-agent search \'"soil mix" beds\' --corpus published --explain\n  mcg-agent search Anna --since 1y --author other --json',
    )
    .action(search);
}

async function search(words: readonly string[], options: Options): Promise<void> {
  const { limit, explain, format } = options;
  const corpora = options.corpus ?? CORPORA;
  await withApi(options.userId, async (api) => {
    const query = {
      ...(Object.fromEntries(FILTERS.map((name) => [name, options[name]])) as Record<
        string,
        string | undefined
      >),
      author_name: options['authorName'] as string | undefined,
      q: words.join(' '),
      limit,
      explain,
    };
    const answers = await Promise.all(
      corpora.map(
        async (corpus) => (await api.send<Found>({ path: `/corpora/${corpus}/search`, query })).body,
      ),
    );
    const found = together(answers, limit);
    if (format === 'json') return printJson(found);
    if (found.hits.length === 0) return say('Nothing found.');
    printHits(found.hits, new Map(found.terms.map(({ stem, forms }) => [stem, forms])));
    if (explain) printReasons(found.hits);
  });
}

/** One list of several corpora's hits, best first. Terms are told as the first corpus has them. */
function together(answers: readonly Found[], limit: number): Found {
  const hits = answers
    .flatMap((answer) => answer.hits)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, limit);
  const terms = new Map(
    answers
      .flatMap((answer) => answer.terms)
      .map((term) => [term.stem, term] as const)
      .reverse(),
  );
  return { hits, terms: [...terms.values()].reverse() };
}
