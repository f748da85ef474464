import { declaredCharset } from '../files/declared-charset.js';
import type { ExportFile } from '../files/export-files.js';
import { decodeText } from '../files/text-bytes.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import { glanceAt, isNoText } from '../loose/file-kinds.js';
import { LooseFileImporter } from '../loose/loose-file.importer.js';
import { storedText, storedTitle } from '../stored-text.js';
import { roleOfAuthor } from '../text/authorship.js';
import { labelsOf, nameOf } from '../text/label-list.js';
import { ParsingThread, threadScript } from '../thread/parsing-thread.js';
import type { ArticleJob, ArticleReply } from './article.protocol.js';
import { type HtmlContent, htmlContent } from './html-text.js';
import { pageFactsOf } from './page-facts.js';
import { isPageOfExport } from './service-pages.js';

const TIMEOUT_MS = 20_000;
/** So much text is an article, however much stands around it; less must be at least half of the page. */
const SURE_ARTICLE_CHARS = 500;

/** Reads web pages as articles: what is around the text, such as menus, is left out. */
export class HtmlImporter extends LooseFileImporter {
  readonly source = 'html';
  readonly usualCorpus = 'published';
  readonly reads = 'web pages with an article (.html)';
  protected override readonly maxFileBytes = 32 * 1024 * 1024;
  readonly #thread: ParsingThread<ArticleJob, ArticleReply>;

  constructor(timeoutMs = TIMEOUT_MS) {
    super();
    this.#thread = new ParsingThread(threadScript('article.worker', import.meta.url), timeoutMs);
  }

  async claims(file: ExportFile, head: () => Promise<Buffer>): Promise<boolean> {
    if (isNoText(file.name) || /\.(?:md|markdown|txt|csv|json|eml|mbox)$/i.test(file.name)) return false;
    const begin = glanceAt(await head());
    const isPage =
      /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]/i.test(begin);
    const isPart = /\.x?html?$/i.test(file.name) && /<[a-z][a-z\d]*[\s>]/i.test(begin);
    return (isPage || isPart) && !isPageOfExport(file.name, begin);
  }

  protected async *readFile(
    file: ExportFile,
    bytes: Buffer,
    { selfNames }: ReadOptions,
  ): AsyncGenerator<ImportEvent> {
    const position = storedText(file.path);
    const decoded = decodeText(bytes, declaredCharset(bytes));
    if (decoded === null) {
      yield { kind: 'skipped', position, reason: 'binary file', isFault: true };
      return;
    }
    if (decoded.note !== null) yield { kind: 'noted', position, reason: decoded.note };
    const facts = pageFactsOf(decoded.text);
    const { content, byline, note } = await this.#read(decoded.text, facts.hasFrame);
    if (note !== null) yield { kind: 'noted', position, reason: note };
    const text = storedText(content.text).trim();
    if (text === '') {
      yield { kind: 'skipped', position, reason: 'page without text' };
      return;
    }
    const authorName = facts.authorName ?? nameOf(byline);
    yield {
      kind: 'document',
      document: {
        externalId: position,
        threadId: null,
        authorRole: roleOfAuthor(authorName, selfNames),
        title: storedTitle(facts.title ?? file.name.replace(/\.[^.]+$/, '')),
        text,
        url: facts.url,
        createdAt: facts.publishedAt,
        tags: labelsOf(facts.tags),
        attachments: content.attachments,
        ...(authorName === null ? {} : { authorName }),
      },
    };
  }

  /** The article of a page, or the whole page where it is nothing but a text or no article is found in it. */
  async #read(html: string, hasFrame: boolean): Promise<ReadPage> {
    const whole: ReadPage = { content: htmlContent(html), byline: null, note: null };
    if (!hasFrame) return whole;
    const result = await this.#thread.ask({ html });
    const article = result.kind === 'done' ? result.reply.article : null;
    const content = article && htmlContent(article.html);
    const wholeChars = whole.content.text.length;
    // Where nothing was found the library gives back the page.
    const isArticle =
      content !== null &&
      content.text.length < wholeChars &&
      (content.text.length >= SURE_ARTICLE_CHARS || content.text.length * 2 >= wholeChars);
    if (isArticle) return { content, byline: article?.byline ?? null, note: null };
    return { ...whole, note: 'no article found: the whole page was read' };
  }
}

interface ReadPage {
  readonly content: HtmlContent;
  readonly byline: string | null;
  readonly note: string | null;
}
