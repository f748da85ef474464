import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exchange, writeZip } from '../../../test/fixtures/chatgpt-export.fixture.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { detectImporters } from './detect-importer.js';
import { ExportFiles } from './files/export-files.js';

const emptyFolder = temporaryFolders();

async function detected(path: string, source?: string) {
  const files = await ExportFiles.open({ path, uploadedName: null });
  try {
    const { parts, unread } = await detectImporters(files, source);
    const read = parts.map((part) => [part.importer.source, part.files.all.map((file) => file.path)]);
    return { read, unread: unread.map(({ path: name, reason }) => [name, reason]) };
  } finally {
    files.close();
  }
}

const zipOf = (files: Readonly<Record<string, string | Buffer>>) =>
  writeZip(join(emptyFolder(), 'a.zip'), files);

const FEED = '<rss version="2.0"><channel><item><title>a</title></item></channel></rss>';
const WXR = '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel></channel></rss>';
const PAGE = '<!doctype html><html><body><p>Text.</p></body></html>';
const MEDIUM = '<html><article class="h-entry"><h1 class="p-name">A</h1></article></html>';

describe('detectImporters', () => {
  it('gives every loose file to the importer of its kind, and tells what nobody reads', async () => {
    const inner = await readFile(await zipOf({ 'x.md': 'x' }));
    const path = await zipOf({
      'a.md': 'note',
      'blog.xml': WXR,
      'feed.xml': FEED,
      'page.html': PAGE,
      'paper.pdf': '%PDF-1.4',
      'list.csv': 'title,body\na,b',
      'photo.jpg': 'x',
      'data.xml': '<?xml version="1.0"?><other/>',
      'inner.zip': inner,
    });
    const { read, unread } = await detected(path);
    expect(Object.fromEntries(read as [string, string[]][])).toEqual({
      wordpress: ['blog.xml'],
      feed: ['feed.xml'],
      pdf: ['paper.pdf'],
      html: ['page.html'],
      posts: ['list.csv'],
      markdown: ['a.md'],
    });
    expect(unread).toEqual([
      ['data.xml', 'kind of file that is not imported'],
      ['inner.zip', 'archive inside the import: import it by itself'],
      ['photo.jpg', 'kind of file that is not imported'],
    ]);
  });

  it('reads the exports of several services in one archive, and no loose files beside them', async () => {
    const path = await zipOf({
      'chat/conversations.json': JSON.stringify([exchange('a')]),
      'medium/posts/a.html': MEDIUM,
      'note.md': 'x',
    });
    expect((await detected(path)).read.map(([source]) => source)).toEqual(['chatgpt', 'medium']);
  });

  it('reads only what the caller names, and knows no other names', async () => {
    const path = await zipOf({ 'a.md': 'note', 'feed.xml': FEED });
    expect((await detected(path, 'feed')).read).toEqual([['feed', ['feed.xml']]]);
    await expect(detected(path, 'fax')).rejects.toMatchObject({ code: 'corpus.unknown_source' });
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['chat.html', PAGE, /web page .* conversations\.json/],
    ['photo.png', Buffer.from('\u0089PNG\r\n', 'latin1'), /an image: save its text/],
    ['old.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Office file/],
    ['letter.rtf', '{\\rtf1 x}', /rich text/],
    ['a.tar.gz', Buffer.from('1f8b08', 'hex'), /unpack it/],
    ['nothing', '', /file is empty/],
  ])('says of %s what to do', async (name, content, hint) => {
    const path = join(emptyFolder(), name);
    await writeFile(path, content);
    await expect(detected(path)).rejects.toMatchObject({
      code: 'corpus.unrecognised_import',
      hint: expect.stringMatching(hint),
    });
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['a Word file', { '[Content_Types].xml': '<a/>', 'word/document.xml': '<a/>' }, /a Word file: save/],
    ['an archive of archives', { 'part1.zip': 'x' }, /holds another archive/],
    ['an archive of pictures', { 'a.jpg': 'x' }, /ZIP holds nothing/],
    ['an empty archive', { '.hidden': 'x' }, /ZIP is empty/],
  ])('says of %s what to do', async (_name, files, hint) => {
    await expect(detected(await zipOf(files))).rejects.toMatchObject({ hint: expect.stringMatching(hint) });
  });

  it('says of an empty folder that it is one', async () => {
    await expect(detected(emptyFolder())).rejects.toMatchObject({
      hint: expect.stringMatching(/folder is empty/),
    });
  });
});
