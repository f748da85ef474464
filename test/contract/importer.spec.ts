import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatGptImporter } from '../../src/corpus/importers/chatgpt/chatgpt.importer.js';
import { FeedImporter } from '../../src/corpus/importers/feed/feed.importer.js';
import { HtmlImporter } from '../../src/corpus/importers/html/html.importer.js';
import { MarkdownImporter } from '../../src/corpus/importers/markdown/markdown.importer.js';
import { MediumImporter } from '../../src/corpus/importers/medium/medium.importer.js';
import { PdfImporter } from '../../src/corpus/importers/pdf/pdf.importer.js';
import { PostsImporter } from '../../src/corpus/importers/posts/posts.importer.js';
import { SubstackImporter } from '../../src/corpus/importers/substack/substack.importer.js';
import { WordPressImporter } from '../../src/corpus/importers/wordpress/wordpress.importer.js';
import { exchange, writeZip } from '../fixtures/chatgpt-export.fixture.js';
import { pdf } from '../fixtures/pdf.fixture.js';
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

const fileOf = (name: string, content: string) => async (folder: string) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const feed = fileOf(
  'feed.xml',
  '<rss version="2.0"><channel><item><title>a</title></item><item><title>b</title></item></channel></rss>',
);
const wxr = fileOf(
  'export.xml',
  `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>${['1', '2'].map((id) => `<item><wp:post_id>${id}</wp:post_id><content:encoded>Text.</content:encoded></item>`).join('')}</channel></rss>`,
);
const pages = (folder: string) =>
  writeZip(join(folder, 'pages.zip'), { 'a.html': '<html><p>One.</html>', 'b.htm': '<html><p>Two.</html>' });
const papers = (folder: string) =>
  writeZip(join(folder, 'papers.zip'), {
    'a.pdf': pdf([['The first text of two.']]),
    'b.pdf': pdf([['The second text of two.']]),
  });
const table = fileOf('posts.csv', 'id,title,body\n1,A,One.\n2,B,Two.\n');
const mediumPost = (id: string) =>
  `<html><article class="h-entry"><h1 class="p-name">${id}</h1><section data-field="body">Text.</section><footer><a class="p-canonical" href="https://medium.com/p/${id}">c</a></footer></article></html>`;
const mediumZip = (folder: string) =>
  writeZip(join(folder, 'medium.zip'), {
    'posts/a.html': mediumPost('aaaaaaaa'),
    'posts/b.html': mediumPost('bbbbbbbb'),
  });
const substackZip = (folder: string) =>
  writeZip(join(folder, 'substack.zip'), {
    'posts.csv': 'post_id,post_date,is_published,title\n1.a,2024-03-05,true,A\n2.b,,true,B\n',
    'posts/1.a.html': '<p>One.</p>',
    'posts/2.b.html': '<p>Two.</p>',
  });

describe.each([
  ['feed', new FeedImporter(), feed, [wxr, pages, table, notes, exportFile]],
  ['wordpress', new WordPressImporter(), wxr, [feed, pages, table, notes, exportFile]],
  ['html', new HtmlImporter(), pages, [feed, wxr, table, notes, exportFile]],
  ['pdf', new PdfImporter(), papers, [feed, wxr, pages, table, notes, exportFile]],
  ['posts', new PostsImporter(), table, [feed, wxr, pages, notes, exportFile]],
  ['medium', new MediumImporter(), mediumZip, [feed, wxr, pages, table, notes, substackZip, exportZip]],
  ['substack', new SubstackImporter(), substackZip, [feed, wxr, pages, table, notes, mediumZip, exportZip]],
] as const)('importer: %s', (_name, importer, own, foreign) => {
  describeImporter(importer, emptyFolder, { own, foreign: [...none, ...foreign] });
});
