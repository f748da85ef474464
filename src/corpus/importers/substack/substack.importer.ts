import { type CsvValues, columnsOf, csvRows } from '../csv/csv-rows.js';
import { type ExportFile, type ExportFiles, headOf } from '../files/export-files.js';
import { textChunksOf } from '../files/text-chunks.js';
import { type HtmlContent, htmlText } from '../html/html-text.js';
import { type ImportEvent, Importer } from '../importer.port.js';
import { ReadingProgress } from '../reading-progress.js';
import { storedText, storedTitle } from '../stored-text.js';
import { labelsOf } from '../text/label-list.js';
import { writtenTimeOf } from '../text/written-time.js';
import { postContent } from './substack-post.js';

const TABLE = /(?:^|\/)posts\.csv$/i;
const PAGE = /(?:^|\/)posts\/([^/]+)\.html?$/i;
const MAX_POST_CHARS = 32 * 1024 * 1024;

/** Reads what Substack exports: the posts of `posts.csv` that are published, with their pages. */
export class SubstackImporter extends Importer {
  readonly source = 'substack';
  readonly usualCorpus = 'published';
  readonly reads = 'a Substack export (the ZIP with posts.csv)';

  async detect(files: ExportFiles): Promise<boolean> {
    const table = files.matching(TABLE)[0];
    if (table === undefined || files.matching(PAGE).length === 0) return false;
    const columns = columnsOf((await headOf(table, 8192)).toString('utf8'));
    return columns.includes('post_id') && columns.includes('is_published');
  }

  async *read(files: ExportFiles): AsyncGenerator<ImportEvent> {
    const table = files.matching(TABLE)[0];
    const pages = files.matching(PAGE);
    const progress = new ReadingProgress(table === undefined ? pages : [table, ...pages]);
    const posts = new Map<string, CsvValues>();
    if (table !== undefined) yield* readTable(table, posts, progress);
    for (const page of pages) {
      yield await readPage(page, posts, progress);
      yield* progress.due();
    }
    for (const id of posts.keys()) {
      yield {
        kind: 'skipped',
        position: storedText(`posts.csv: ${id}`),
        reason: 'post without its page',
        isFault: true,
      };
    }
    yield progress.done();
  }
}

async function* readTable(
  table: ExportFile,
  posts: Map<string, CsvValues>,
  progress: ReadingProgress,
): AsyncGenerator<ImportEvent> {
  const position = storedText(table.path);
  const text = await textChunksOf(table, progress.chunksOf(table));
  if (text?.note) yield { kind: 'noted', position, reason: text.note };
  if (text === null) yield { kind: 'skipped', position, reason: 'binary file', isFault: true };
  for await (const row of text === null ? [] : csvRows(text.chunks)) {
    if (row.kind === 'row') posts.set(row.values.get('post_id') ?? '', row.values);
    else yield { kind: 'skipped', position: `${position}[${row.index}]`, reason: row.reason, isFault: true };
  }
}

/** The document of a page; its row is taken out of `posts`. */
async function readPage(
  page: ExportFile,
  posts: Map<string, CsvValues>,
  progress: ReadingProgress,
): Promise<ImportEvent> {
  const position = storedText(page.path);
  const id = PAGE.exec(page.path)![1]!;
  const row = posts.get(id) ?? new Map<string, string>();
  posts.delete(id);
  if (row.get('is_published')?.toLowerCase() !== 'true') {
    return {
      kind: 'skipped',
      position,
      reason: row.size === 0 ? 'page without its row in posts.csv' : 'draft, not published',
    };
  }
  const html = await wholeText(page, progress);
  if (html === null) return { kind: 'skipped', position, reason: 'post cannot be read', isFault: true };
  return documentOf(id, row, postContent(html), position);
}

function documentOf(
  id: string,
  row: CsvValues,
  { text, attachments }: HtmlContent,
  position: string,
): ImportEvent {
  if (text === '') return { kind: 'skipped', position, reason: 'post without text' };
  const subtitle = htmlText(row.get('subtitle') ?? '');
  const type = row.get('type') ?? '';
  const hasSound = (row.get('podcast_url') ?? '') !== '';
  return {
    kind: 'document',
    document: {
      // The number before the first dot stays when the address of a post changes.
      externalId: storedText(/^\d+(?=\.)/.exec(id)?.[0] ?? id),
      threadId: null,
      authorRole: 'self',
      title: storedTitle(htmlText(row.get('title') ?? '')),
      text: storedText(subtitle === '' ? text : `${subtitle}\n\n${text}`),
      url: null,
      createdAt: writtenTimeOf(row.get('post_date') ?? null)?.iso ?? null,
      tags: labelsOf([type === 'newsletter' ? '' : type, row.get('audience') === 'only_paid' ? 'paid' : '']),
      attachments: hasSound ? [...attachments, 'audio'] : attachments,
    },
  };
}

async function wholeText(page: ExportFile, progress: ReadingProgress): Promise<string | null> {
  const text = await textChunksOf(page, progress.chunksOf(page));
  if (text === null) return null;
  let whole = '';
  for await (const chunk of text.chunks) {
    whole += chunk;
    if (whole.length > MAX_POST_CHARS) return null;
  }
  return whole;
}
