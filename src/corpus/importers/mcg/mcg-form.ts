import { CORPORA, type CorpusName } from '../../../shared/index.js';
import type { ExportFile } from '../files/export-files.js';
import { glanceAt, isNoText } from '../loose/file-kinds.js';

/** How documents stand in a file of our own export, and in which corpus they were. */
export interface McgForm {
  readonly kind: 'lines' | 'table' | 'note';
  readonly corpus: CorpusName;
}

/** Outside of a text, where quotation marks are escaped. */
const LINE_MARK = /(?<!\\)"mcg_document"\s*:\s*\d/;
const LINE_CORPUS = /(?<!\\)"corpus"\s*:\s*"(\w+)"/;
const TABLE = /^"?mcg_document"?[,;\t]"?corpus"?[,;\t][^\n]*(?:\n"?\d+"?[,;\t]"?(\w+))?/;
const NOTE_MARK = /^mcg:[ \t]*\r?\n(?:[ \t]+.*\n)*?[ \t]+document:[ \t]*\d/m;
const NOTE_CORPUS = /^[ \t]+corpus:[ \t]*"?(\w+)/m;

const known = new WeakMap<ExportFile, Promise<McgForm | null>>();

/** What a file of our own export is, by its beginning; null for others. Each file is looked at once. */
export function mcgFormOf(file: ExportFile, head: () => Promise<Buffer>): Promise<McgForm | null> {
  const found = known.get(file) ?? (isNoText(file.name) ? Promise.resolve(null) : head().then(formOf));
  known.set(file, found);
  return found;
}

function formOf(head: Buffer): McgForm | null {
  const begin = glanceAt(head);
  if (begin.startsWith('{')) {
    const line = /^[^\n]*/.exec(begin)![0];
    return LINE_MARK.test(line) ? { kind: 'lines', corpus: corpusOf(LINE_CORPUS.exec(line)) } : null;
  }
  const table = TABLE.exec(begin);
  if (table !== null) return { kind: 'table', corpus: corpusOf(table) };
  if (!begin.startsWith('---')) return null;
  const front = begin.split(/\n---[ \t]*(?:\r?\n|$)/, 1)[0]!;
  return NOTE_MARK.test(front) ? { kind: 'note', corpus: corpusOf(NOTE_CORPUS.exec(front)) } : null;
}

/** A name of a later version, or none, is no reason not to read the rest. */
function corpusOf(match: RegExpExecArray | null): CorpusName {
  return CORPORA.find((corpus) => corpus === match?.[1]) ?? 'personal';
}
