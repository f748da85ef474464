import type { ExportFile } from '../files/export-files.js';
import type { ImportEvent, ReadOptions, SkippedEvent } from '../importer.port.js';
import { LooseFileImporter } from '../loose/loose-file.importer.js';
import { storedText, storedTitle } from '../stored-text.js';
import { roleOfAuthor } from '../text/authorship.js';
import { nameOf } from '../text/label-list.js';
import { ParsingThread, type ThreadResult, threadScript } from '../thread/parsing-thread.js';
import type { PdfJob, PdfReply } from './pdf.protocol.js';
import { pdfTime, textOfPages } from './pdf-text.js';

const MAX_PAGES = 5_000;
const MAX_CHARS = 20_000_000;
const TIMEOUT_MS = 60_000;
/** Less on a page is no text but its number. */
const MIN_CHARS_PER_PAGE = 10;
/** What programs write where nobody gave a title. */
const NO_TITLE =
  /^(?:untitled|document\d*|microsoft word - .*|.*\.(?:docx?|odt|pdf|tex|dvi|indd|pages|qxd))$/i;

/** Reads the text of PDF files, each as one document. */
export class PdfImporter extends LooseFileImporter {
  readonly source = 'pdf';
  readonly usualCorpus = 'published';
  readonly reads = 'PDF files with text';
  readonly #thread: ParsingThread<PdfJob, PdfReply>;

  constructor(timeoutMs = TIMEOUT_MS) {
    super();
    this.#thread = new ParsingThread(threadScript('pdf.worker', import.meta.url), timeoutMs);
  }

  async claims(file: ExportFile, head: () => Promise<Buffer>): Promise<boolean> {
    if (/\.pdf$/i.test(file.name)) return true;
    return !file.name.includes('.') && (await head()).subarray(0, 1024).includes('%PDF-');
  }

  protected async *readFile(
    file: ExportFile,
    bytes: Buffer,
    { selfNames }: ReadOptions,
  ): AsyncGenerator<ImportEvent> {
    const position = storedText(file.path);
    const result = await this.#thread.ask({
      bytes: new Uint8Array(bytes),
      maxPages: MAX_PAGES,
      maxChars: MAX_CHARS,
    });
    const fault = faultOf(result, position);
    if (fault !== null) yield fault;
    if (result.kind !== 'done' || result.reply.kind !== 'read') return;
    const { reply } = result;
    const text = storedText(textOfPages(reply.pages)).trim();
    if (text.length < MIN_CHARS_PER_PAGE * Math.min(reply.pageCount, 3)) {
      yield { kind: 'skipped', position, reason: 'PDF without text: a scan or pictures only' };
      return;
    }
    if (reply.pages.length < reply.pageCount) {
      yield { kind: 'noted', position, reason: 'only the first pages of a very long PDF were read' };
    }
    const authorName = nameOf(reply.author);
    yield {
      kind: 'document',
      document: {
        externalId: position,
        threadId: null,
        authorRole: roleOfAuthor(authorName, selfNames),
        title: titleOf(reply.title) ?? storedTitle(file.name.replace(/\.pdf$/i, '')),
        text,
        url: null,
        createdAt: pdfTime(reply.createdAt) ?? file.modifiedAt?.toISOString() ?? null,
        tags: [],
        attachments: [],
        ...(authorName === null ? {} : { authorName }),
      },
    };
  }
}

function titleOf(written: string | null): string | null {
  const title = storedTitle(written);
  return title === null || NO_TITLE.test(title) ? null : title;
}

function faultOf(result: ThreadResult<PdfReply>, position: string): SkippedEvent | null {
  const fault = (reason: string, count = 1): SkippedEvent => ({
    kind: 'skipped',
    position,
    reason,
    isFault: true,
    count,
  });
  if (result.kind === 'failed') {
    return fault(
      result.reason === 'time'
        ? 'PDF takes too long to read'
        : 'PDF cannot be read: it needs too much memory',
    );
  }
  const { reply } = result;
  if (reply.kind !== 'read') {
    return fault(reply.kind === 'locked' ? 'PDF is protected by a password' : 'PDF is damaged');
  }
  return reply.brokenPages > 0 ? fault('page of a PDF is damaged', reply.brokenPages) : null;
}
