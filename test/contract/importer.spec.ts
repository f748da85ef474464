import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatGptImporter } from '../../src/corpus/importers/chatgpt/chatgpt.importer.js';
import { MarkdownImporter } from '../../src/corpus/importers/markdown/markdown.importer.js';
import { exchange, writeZip } from '../fixtures/chatgpt-export.fixture.js';
import { describeImporter } from './importer.contract.js';

const folders: string[] = [];
const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'importer-contract-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const EXPORT = JSON.stringify([exchange('a'), exchange('b')], null, 1);

const exportFile = async (folder: string) => {
  const path = join(folder, 'conversations.json');
  await writeFile(path, EXPORT);
  return path;
};
const renamedExport = async (folder: string) => {
  const path = join(folder, 'upload');
  await writeFile(path, EXPORT);
  return path;
};
const exportZip = (folder: string) =>
  writeZip(join(folder, 'export.zip'), { 'conversations.json': EXPORT, 'a.png': 'x' });
const exportJsonZip = (folder: string) =>
  writeZip(join(folder, 'json.zip'), { 'conversations.json': EXPORT });
const notes = async (folder: string) => {
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'one.md'), '# One\n\nFirst.');
  await writeFile(join(folder, 'sub', 'two.txt'), 'Second.\u0001');
  return folder;
};
const notesZip = (folder: string) =>
  writeZip(join(folder, 'notes.zip'), { 'one.md': '# One\n\nFirst.', 'sub/two.txt': 'Second.' });
const otherZip = (folder: string) => writeZip(join(folder, 'other.zip'), { 'picture.png': 'x' });
const otherJson = async (folder: string) => {
  const path = join(folder, 'list.json');
  await writeFile(path, '[{"text":"no tree"}]');
  return path;
};
const emptyOne = async (folder: string) => folder;
const none = [otherZip, otherJson, emptyOne];

describe.each([
  ['file', exportFile],
  ['file of any name', renamedExport],
  ['ZIP', exportZip],
])('importer: chatgpt, %s', (_name, own) => {
  describeImporter(new ChatGptImporter(), emptyFolder, { own, foreign: [...none, notes, notesZip] });
});

describe('importer: markdown', () => {
  describeImporter(new MarkdownImporter(), emptyFolder, {
    own: notes,
    foreign: [...none, exportFile, exportJsonZip],
  });
});
