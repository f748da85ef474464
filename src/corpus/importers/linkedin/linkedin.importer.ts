import { readCsvFile } from '../csv/csv-file.reader.js';
import { columnsOf } from '../csv/csv-rows.js';
import { bytesOf, type ExportFile } from '../files/export-files.js';
import { type KnownFile, KnownFilesImporter } from '../files/known-files.importer.js';
import { decodeText } from '../files/text-bytes.js';
import type { ImportEvent } from '../importer.port.js';
import type { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { articleOf, isArticlePage } from './article-page.js';
import { plainColumn, ROW_EVENTS, type TableForm } from './linkedin-rows.js';
import { withDoubledQuotes } from './share-quotes.js';

type Form = TableForm | 'article page' | 'messages';

const MAX_PAGE_BYTES = 32 * 1024 * 1024;
/** Tables by the names of their columns, letters only. */
const TABLES: readonly (readonly [
  form: Form,
  name: RegExp,
  isOne: (columns: readonly string[]) => boolean,
])[] = [
  ['shares', /./, (columns) => columns.includes('sharecommentary')],
  ['comments', /comments/i, (columns) => isOnly(columns, ['date', 'link', 'message'], 'message')],
  ['comments', /./, (columns) => columns.join() === 'date,link,message'],
  ['articles', /^articles/i, (columns) => columns.includes('title') && columns.includes('content')],
  [
    'recommendations',
    /^recommendations_?given/i,
    (columns) => columns.includes('firstname') && columns.includes('text'),
  ],
  ['messages', /messages/i, (columns) => columns.includes('conversationid')],
];

/** Reads a LinkedIn export: posts, comments, articles, and recommendations that the owner gave. */
export class LinkedInImporter extends KnownFilesImporter<Form> {
  readonly source = 'linkedin';
  readonly usualCorpus = 'social';
  readonly reads = 'a LinkedIn export (the ZIP, or Shares.csv)';
  protected readonly names =
    /(?:^|\/)(?:(?:Shares|Comments|Posts|Articles|Recommendations_?Given|[a-z_]*messages)[^/]*\.csv|Articles\/[^/]*\.html?)$/i;

  protected formOf(begin: string, file: ExportFile): Form | null {
    if (begin.startsWith('<')) return isArticlePage(begin) ? 'article page' : null;
    const columns = columnsOf(begin).map(plainColumn);
    return TABLES.find(([, name, isOne]) => name.test(file.name) && isOne(columns))?.[0] ?? null;
  }

  /** Tables of articles have columns that others have too. */
  protected isSign(form: Form): boolean {
    return form === 'shares' || form === 'comments' || form === 'article page';
  }

  protected override async *eventsOf(
    known: readonly KnownFile<Form>[],
    { progress }: { readonly progress: ReadingProgress },
  ): AsyncGenerator<ImportEvent> {
    for (const { file, form } of known) {
      if (form === 'article page') yield await readPage(file);
      else if (form === 'messages')
        yield { kind: 'skipped', position: storedText(file.path), reason: 'table of private messages' };
      else
        yield* readCsvFile(
          file,
          ROW_EVENTS[form],
          progress,
          form === 'comments' ? withDoubledQuotes : undefined,
        );
    }
  }
}

async function readPage(file: ExportFile): Promise<ImportEvent> {
  const position = storedText(file.path);
  const bytes = await bytesOf(file, MAX_PAGE_BYTES);
  const decoded = bytes === null ? null : decodeText(bytes, 'utf-8');
  if (decoded === null) return { kind: 'skipped', position, reason: 'article cannot be read', isFault: true };
  const document = articleOf(decoded.text, file.name);
  if (document.text === '') return { kind: 'skipped', position, reason: 'article without text' };
  return { kind: 'document', document };
}

function isOnly(columns: readonly string[], known: readonly string[], needed: string): boolean {
  return (
    columns.includes(needed) && columns.includes('date') && columns.every((each) => known.includes(each))
  );
}
