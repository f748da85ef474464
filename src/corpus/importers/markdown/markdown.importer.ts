import type { ExportFile } from '../files/export-files.js';
import { decodeText } from '../files/text-bytes.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import { LooseFileImporter } from '../loose/loose-file.importer.js';
import { storedText, storedTitle } from '../stored-text.js';
import { roleOfAuthor } from '../text/authorship.js';
import { labelsOf } from '../text/label-list.js';
import { writtenTimeOf } from '../text/written-time.js';
import { firstHeading } from './first-heading.js';
import { readFrontMatter } from './front-matter.js';
import { readNote } from './note-text.js';

const TEXT_NAME = /\.(?:md|markdown|txt)$/i;
const DRAWING_NAME = /\.excalidraw\.md$/i;
/** Daily notes and articles of site builders are named by their day. */
const DAY_NAME = /^(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)/;

/** Reads Markdown and plain text, also notes of Obsidian and its like: files, folders or a ZIP. The texts count as the owner's. */
export class MarkdownImporter extends LooseFileImporter {
  readonly source = 'markdown';
  readonly usualCorpus = 'personal';
  readonly reads = 'Markdown or plain text (.md, .markdown, .txt)';
  protected override readonly maxFileBytes = 10 * 1024 * 1024;

  claims(file: ExportFile): boolean {
    return TEXT_NAME.test(file.name);
  }

  protected *readFile(file: ExportFile, bytes: Buffer, { selfNames }: ReadOptions): Generator<ImportEvent> {
    const position = storedText(file.path);
    const decoded = decodeText(bytes);
    if (decoded === null) {
      yield { kind: 'skipped', position, reason: 'binary file', isFault: true };
      return;
    }
    if (decoded.note !== null) yield { kind: 'noted', position, reason: decoded.note };
    yield readText(file, position, storedText(decoded.text), selfNames);
  }
}

function readText(
  file: ExportFile,
  position: string,
  content: string,
  selfNames: readonly string[],
): ImportEvent {
  const { title, date, tags, url, authorName, isDrawing, properties, body } = readFrontMatter(content);
  if (isDrawing || DRAWING_NAME.test(file.name)) {
    return { kind: 'skipped', position, reason: 'drawing, not a text' };
  }
  // A note may hold all its words in its properties.
  const words = body.trim() === '' ? properties.join('\n') : body;
  const note = /\.txt$/i.test(file.name) ? { text: words, tags: [], attachments: [] } : readNote(words);
  const text = note.text.trim();
  if (text === '') return { kind: 'skipped', position, reason: emptyReason(body, note.attachments) };
  return {
    kind: 'document',
    document: {
      externalId: position,
      threadId: null,
      authorRole: roleOfAuthor(authorName, selfNames),
      title: storedTitle(title ?? firstHeading(text) ?? file.name.replace(/\.[^.]+$/, '')),
      text,
      url,
      createdAt: date ?? dayOf(file.name) ?? file.modifiedAt?.toISOString() ?? null,
      tags: labelsOf([...tags, ...note.tags]),
      attachments: note.attachments,
      ...(authorName === null ? {} : { authorName }),
    },
  };
}

function emptyReason(body: string, attachments: readonly string[]): string {
  if (attachments.length > 0) return 'no text, only attachments';
  return body.trim() === '' ? 'empty file' : 'no text, only comments';
}

function dayOf(name: string): string | null {
  const [, year, , month, day] = DAY_NAME.exec(name) ?? [];
  return year === undefined ? null : (writtenTimeOf(`${year}-${month}-${day}`)?.iso ?? null);
}
