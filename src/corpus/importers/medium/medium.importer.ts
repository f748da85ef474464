import { AppError } from '../../../shared/index.js';
import { type ExportFile, type ExportFiles, headOf } from '../files/export-files.js';
import { decodeText } from '../files/text-bytes.js';
import { type ImportEvent, Importer, type ReadOptions } from '../importer.port.js';
import { ReadingProgress } from '../reading-progress.js';
import { storedText, storedTitle } from '../stored-text.js';
import { roleOfAuthor } from '../text/authorship.js';
import { labelsOf, nameOf } from '../text/label-list.js';
import { webAddressOf } from '../text/web-address.js';
import { writtenTimeOf } from '../text/written-time.js';
import { readMediumPage } from './medium-page.js';

const POST = /(?:^|\/)posts\/[^/]+\.html?$/i;
const DETECT_BYTES = 8192;
/** A folder of posts may begin with what is none. */
const LOOKED_AT = 20;
const MAX_POST_BYTES = 32 * 1024 * 1024;

/** Reads what Medium exports: the posts and responses that are published. */
export class MediumImporter extends Importer {
  readonly source = 'medium';
  readonly usualCorpus = 'published';
  readonly reads = 'a Medium export (the ZIP with its folder "posts")';

  async detect(files: ExportFiles): Promise<boolean> {
    for (const file of candidatesOf(files).slice(0, LOOKED_AT)) if (await isMediumPost(file)) return true;
    return false;
  }

  async *read(files: ExportFiles, { selfNames }: ReadOptions): AsyncGenerator<ImportEvent> {
    const own = candidatesOf(files);
    const progress = new ReadingProgress(own);
    const ids = new Set<string>();
    let posts = 0;
    for (const file of own) {
      const position = storedText(file.path);
      const html = await textOf(file, progress);
      if (html === null) yield { kind: 'skipped', position, reason: 'post cannot be read', isFault: true };
      else {
        posts++;
        yield readPost(html, file, selfNames, ids);
      }
      yield* progress.due();
    }
    yield progress.done();
    if (posts === 0) throw noPosts();
  }
}

function readPost(
  html: string,
  file: ExportFile,
  selfNames: readonly string[],
  ids: Set<string>,
): ImportEvent {
  const position = storedText(file.path);
  const page = readMediumPage(html);
  if (page.canonicalUrl === null || /^draft_/i.test(file.name)) {
    return { kind: 'skipped', position, reason: 'draft, not published' };
  }
  const title = storedTitle(page.title);
  const text = withoutTitle(page.content.text, title ?? '');
  if (text === '') return { kind: 'skipped', position, reason: 'post without text' };
  const authorName = nameOf(page.authorName);
  return {
    kind: 'document',
    document: {
      externalId: idOf(page.canonicalUrl, file, ids),
      threadId: null,
      authorRole: roleOfAuthor(authorName, selfNames),
      title,
      text,
      url: webAddressOf(page.canonicalUrl),
      createdAt: writtenTimeOf(page.publishedAt)?.iso ?? null,
      tags: labelsOf(page.tags),
      attachments: page.content.attachments,
      ...(authorName === null ? {} : { authorName }),
    },
  };
}

/** Posts repeat their title as their first line; a response has no other text than the line its title was made of. */
function withoutTitle(text: string, title: string): string {
  const [first = '', ...rest] = text.split('\n');
  const body = rest.join('\n').trim();
  return title !== '' && first.replaceAll(/\s+/g, ' ').trim() === title && body !== '' ? body : text.trim();
}

/** The number at the end of the address, which stays when the title changes; two posts never share it, but for a fault. */
function idOf(url: string, file: ExportFile, ids: Set<string>): string {
  const number = /([\da-f]{8,16})(?:[?#].*)?$/i.exec(url)?.[1];
  const id = number === undefined || ids.has(number) ? storedText(file.name) : number;
  ids.add(id);
  return id;
}

function candidatesOf(files: ExportFiles): readonly ExportFile[] {
  return files.form === 'file' ? files.all : files.matching(POST);
}

async function isMediumPost(file: ExportFile): Promise<boolean> {
  const head = (await headOf(file, DETECT_BYTES)).toString('latin1');
  return /class="h-entry"/.test(head) && /class="p-name"|data-field="body"/.test(head);
}

async function textOf(file: ExportFile, progress: ReadingProgress): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of progress.chunksOf(file)) {
      length += chunk.length;
      if (length > MAX_POST_BYTES) return null;
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError && /broken_archive|unreadable_file/.test(error.code)) return null;
    throw error;
  }
  return decodeText(Buffer.concat(chunks))?.text ?? null;
}

function noPosts(): AppError {
  return new AppError(
    'corpus.unrecognised_import',
    'unprocessable',
    'No post of a Medium export could be read; nothing was imported.',
    { hint: 'Import the ZIP that Medium sent, or the folder "posts" of it.' },
  );
}
