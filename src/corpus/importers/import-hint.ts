import { type ExportFile, type ExportFiles, headOf } from './files/export-files.js';
import { isPageOfExport } from './html/service-pages.js';

const HEAD_BYTES = 4096;
const ARCHIVE_NAME = /\.(?:zip|t?gz|tar|7z|rar|bz2|xz)$/i;
const OFFICE_PARTS: readonly (readonly [RegExp, string])[] = [
  [/^word\/document\.xml$/, 'a Word file'],
  [/^xl\/workbook\.xml$/, 'an Excel file'],
  [/^ppt\/presentation\.xml$/, 'a PowerPoint file'],
  [/^content\.xml$/, 'an OpenDocument file'],
  [/^index\/document\.iwa$/i, 'a Pages file'],
];
/** What files begin with, as Latin-1. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^\u00d0\u00cf\u0011\u00e0/, 'an Office file of an old kind'],
  [/^\{\\rtf/, 'a rich text (RTF) file'],
  [/^(?:\u0089PNG|\u00ff\u00d8\u00ff|GIF8|RIFF....WEBP|BM|II\*|MM\u0000\*)/, 'an image'],
  [/^(?:ID3|OggS|fLaC|RIFF|....ftyp|\u001aE\u00df\u00a3)/, 'a sound or a film'],
  [/^SQLite format 3/, 'a database file'],
];
const PACKED = /^(?:\u001f\u008b|7z\u00bc\u00af|Rar!|BZh|\u00fd7zXZ)/;

/** What to do with an input that no importer reads, by what it is. `kinds` are the kinds that are read. */
export async function hintFor(files: ExportFiles, kinds: readonly string[]): Promise<string> {
  const expected = `Expected: ${kinds.join('; ')}: a file, a folder, or a ZIP of them.`;
  const found = files.form === 'file' ? await hintForFile(files.all[0]!) : hintForMany(files);
  return found === null ? expected : `${found} ${expected}`;
}

async function hintForFile(file: ExportFile): Promise<string | null> {
  const head = (await headOf(file, HEAD_BYTES)).toString('latin1');
  const begin = head.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (begin === '') return 'The file is empty.';
  const kind = BEGINNINGS.find(([pattern]) => pattern.test(begin))?.[1];
  if (kind !== undefined) return `This is ${kind}: save its text as PDF, HTML or plain text.`;
  if (PACKED.test(begin))
    return 'This is an archive of a kind that is not opened: unpack it and import the folder.';
  if (isPageOfExport(file.name, begin) || /^<(?:!doctype|html|head)/i.test(begin)) {
    return "This is a web page (such as the export's chat.html): import conversations.json or the ZIP instead.";
  }
  return null;
}

function hintForMany(files: ExportFiles): string {
  const thing = files.form === 'zip' ? 'ZIP' : 'folder';
  if (files.all.length === 0)
    return files.leftOut.length === 0 ? `The ${thing} is empty.` : `Nothing in the ${thing} can be read.`;
  const office = OFFICE_PARTS.find(
    ([part]) => files.form === 'zip' && files.all.some(({ path }) => part.test(path)),
  )?.[1];
  if (office !== undefined) return `This is ${office}: save its text as PDF, HTML or plain text.`;
  if (files.all.some(({ name }) => ARCHIVE_NAME.test(name))) {
    return `The ${thing} holds another archive, which is not opened: unpack it and import what is inside.`;
  }
  return `The ${thing} holds nothing of the kinds that are read.`;
}
