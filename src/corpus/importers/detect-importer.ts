import { stat } from 'node:fs/promises';
import { AppError } from '../../shared/index.js';
import { ChatGptImporter } from './chatgpt/chatgpt.importer.js';
import { readHead } from './file-head.js';
import type { Importer, ImportInput } from './importer.port.js';
import { MarkdownImporter } from './markdown/markdown.importer.js';

/** In the order in which they are asked: the more particular a format, the earlier. */
export const IMPORTERS: readonly Importer[] = [new ChatGptImporter(), new MarkdownImporter()];

/** The names `source` may have. */
export const IMPORT_SOURCES: readonly string[] = IMPORTERS.map((importer) => importer.source);

const EXPECTED =
  'Expected: the conversations.json of a ChatGPT export, or the ZIP that holds it; or Markdown or plain text (.md, .markdown, .txt): a file, a folder, or a ZIP of them.';

/**
 * Chooses the importer by content, or the one that `source` names.
 * Throws `corpus.unrecognised_import`, `corpus.import_not_found`, `corpus.unknown_source` or `corpus.broken_archive`.
 */
export async function detectImporter(input: ImportInput, source?: string): Promise<Importer> {
  const candidates = source === undefined ? IMPORTERS : IMPORTERS.filter((one) => one.source === source);
  if (candidates.length === 0) {
    throw new AppError('corpus.unknown_source', 'invalid', 'There is no importer of that name.', {
      hint: `Use one of: ${IMPORT_SOURCES.join(', ')}; or leave the source out.`,
    });
  }
  await requireReadable(input);
  for (const importer of candidates) if (await importer.detect(input)) return importer;
  throw new AppError(
    'corpus.unrecognised_import',
    'unprocessable',
    'This is no export that can be imported; nothing was changed.',
    { hint: await hintFor(input) },
  );
}

async function requireReadable(input: ImportInput): Promise<void> {
  try {
    const info = await stat(input.path);
    if (info.isFile()) await readHead(input.path, 1);
  } catch (error) {
    throw new AppError('corpus.import_not_found', 'invalid', 'The file or folder to import cannot be read.', {
      hint: 'Check the path and the right to read it.',
      cause: error,
    });
  }
}

async function hintFor(input: ImportInput): Promise<string> {
  if ((await stat(input.path)).isDirectory()) return EXPECTED;
  const head = (await readHead(input.path, 1024)).toString('latin1').trimStart();
  if (head === '') return `The file is empty. ${EXPECTED}`;
  if (/^(?:\u00ef\u00bb\u00bf)?<(?:!doctype|html|head|\?xml)/i.test(head)) {
    return `This is a web page (such as the export's chat.html): import conversations.json or the ZIP instead. ${EXPECTED}`;
  }
  if (head.startsWith('PK')) return `The ZIP holds neither a conversations.json nor a text. ${EXPECTED}`;
  return EXPECTED;
}
