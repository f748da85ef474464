import { AppError, CORPORA } from '../../shared/index.js';
import { ChatGptImporter } from './chatgpt/chatgpt.importer.js';
import { ClaudeImporter } from './claude/claude.importer.js';
import { FacebookImporter } from './facebook/facebook.importer.js';
import { FeedImporter } from './feed/feed.importer.js';
import type { ExportFile, ExportFiles, LeftOutFile } from './files/export-files.js';
import { GeminiImporter } from './gemini/gemini.importer.js';
import { HtmlImporter } from './html/html.importer.js';
import { hintFor } from './import-hint.js';
import type { Importer } from './importer.port.js';
import { LinkedInImporter } from './linkedin/linkedin.importer.js';
import type { LooseFileImporter } from './loose/loose-file.importer.js';
import { LetterImporter } from './mail/letter.importer.js';
import { MailboxImporter } from './mail/mailbox.importer.js';
import { MarkdownImporter } from './markdown/markdown.importer.js';
import { MastodonImporter } from './mastodon/mastodon.importer.js';
import { McgImporter } from './mcg/mcg.importer.js';
import { MediumImporter } from './medium/medium.importer.js';
import { PdfImporter } from './pdf/pdf.importer.js';
import { PostsImporter } from './posts/posts.importer.js';
import { RedditImporter } from './reddit/reddit.importer.js';
import { SubstackImporter } from './substack/substack.importer.js';
import { TwitterImporter } from './twitter/twitter.importer.js';
import { WordPressImporter } from './wordpress/wordpress.importer.js';

/** What reads the export of a service. */
const EXPORT_IMPORTERS: readonly Importer[] = [
  new ChatGptImporter(),
  new ClaudeImporter(),
  new GeminiImporter(),
  new MailboxImporter(),
  new MediumImporter(),
  new SubstackImporter(),
  new TwitterImporter(),
  new MastodonImporter(),
  new LinkedInImporter(),
  new FacebookImporter(),
  new RedditImporter(),
];
/** What reads files that stand on their own, where the input is no service's export; the first that claims a file has it. */
const LOOSE_IMPORTERS: readonly LooseFileImporter[] = [
  ...CORPORA.map((corpus) => new McgImporter(corpus)),
  new LetterImporter(),
  new WordPressImporter(),
  new FeedImporter(),
  new PdfImporter(),
  new HtmlImporter(),
  new PostsImporter(),
  new MarkdownImporter(),
];
/** Everything that reads an input. */
export const IMPORTERS: readonly Importer[] = [...EXPORT_IMPORTERS, ...LOOSE_IMPORTERS];

const KINDS: readonly string[] = [...new Set(IMPORTERS.map((importer) => importer.reads))];

/** The names `source` may have. */
export const IMPORT_SOURCES: readonly string[] = [...new Set(IMPORTERS.map(({ source }) => source))];

/** What reads which files of an input, in order, and what nothing reads, each with the reason. */
export interface DetectedImport {
  readonly parts: readonly { readonly importer: Importer; readonly files: ExportFiles }[];
  readonly unread: readonly LeftOutFile[];
}

/**
 * Chooses by content what reads an input, or takes the one that `source` names. An archive may hold the exports of
 * several services; loose files are read only where there is no such export.
 * Throws `corpus.unrecognised_import`, `corpus.unknown_source`, `corpus.broken_archive` and the like.
 */
export async function detectImporters(files: ExportFiles, source?: string): Promise<DetectedImport> {
  if (source !== undefined && !IMPORT_SOURCES.includes(source)) throw unknownSource();
  const isCandidate = (importer: Importer) => source === undefined || importer.source === source;
  const exports: Importer[] = [];
  for (const importer of EXPORT_IMPORTERS.filter(isCandidate))
    if (await importer.detect(files)) exports.push(importer);
  if (exports.length > 0)
    return { parts: exports.map((importer) => ({ importer, files })), unread: files.leftOut };
  const loose = await looseParts(files, LOOSE_IMPORTERS.filter(isCandidate));
  if (loose.parts.length > 0) return loose;
  throw new AppError(
    'corpus.unrecognised_import',
    'unprocessable',
    'This is no export that can be imported; nothing was changed.',
    { hint: await hintFor(files, KINDS) },
  );
}

async function looseParts(
  files: ExportFiles,
  candidates: readonly LooseFileImporter[],
): Promise<DetectedImport> {
  const claimed = new Map<LooseFileImporter, ExportFile[]>(candidates.map((each) => [each, []]));
  const unread: LeftOutFile[] = [...files.leftOut];
  for (const file of files.all) {
    const own = await readerOf(file, claimed);
    if (own === null) unread.push({ path: file.path, reason: reasonOf(file), isFault: false });
    else own.push(file);
  }
  const parts = [...claimed].filter(([, own]) => own.length > 0);
  return { parts: parts.map(([importer, own]) => ({ importer, files: files.only(own) })), unread };
}

async function readerOf(
  file: ExportFile,
  claimed: ReadonlyMap<LooseFileImporter, ExportFile[]>,
): Promise<ExportFile[] | null> {
  for (const [importer, own] of claimed) if (await importer.isOwn(file)) return own;
  return null;
}

function reasonOf({ kind, name }: ExportFile): string {
  if (kind === 'link') return 'symbolic link';
  if (/\.(?:zip|t?gz|tar|7z|rar)$/i.test(name)) return 'archive inside the import: import it by itself';
  return 'kind of file that is not imported';
}

function unknownSource(): AppError {
  return new AppError('corpus.unknown_source', 'invalid', 'There is no importer of that name.', {
    hint: `Use one of: ${IMPORT_SOURCES.join(', ')}; or leave the source out.`,
  });
}
