import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { HtmlImporter } from './html.importer.js';

const emptyFolder = temporaryFolders();
const read = (content: string | Uint8Array, name = 'page.html', timeoutMs?: number) =>
  readFiles(new HtmlImporter(timeoutMs), emptyFolder(), { [name]: content });
const sentence = (at: number) =>
  `<p>Sentence ${at} of an article on pears, which goes on for a while, so that it is one.</p>`;
const ARTICLE = Array.from({ length: 12 }, (_, at) => sentence(at)).join('');
const FRAMED = `<!doctype html><html><head><title>Pears | The garden</title>
<meta property="og:title" content="On pears"><meta name="author" content="Ann"><meta property="article:published_time" content="2024-03-05T10:20:30+01:00">
<link rel="canonical" href="https://garden.example/pears"><meta name="keywords" content="trees, fruit"></head>
<body><nav><ul><li><a href="/a">Home of menus</a></li></ul></nav><article><h1>On pears</h1>${ARTICLE}</article><aside>Buy a spade</aside><footer>All rights</footer></body></html>`;

describe('HtmlImporter', () => {
  it('reads the article of a page, without what stands around it', async () => {
    const { documents, notes } = await read(FRAMED);
    expect(documents).toMatchObject([
      {
        externalId: 'page.html',
        authorRole: 'self',
        title: 'On pears',
        url: 'https://garden.example/pears',
        createdAt: '2024-03-05T09:20:30.000Z',
        tags: ['trees', 'fruit'],
        authorName: 'Ann',
      },
    ]);
    expect(documents[0]?.text).toMatch(/Sentence 0 [\s\S]*Sentence 11 /);
    expect(documents[0]?.text).not.toMatch(/menus|spade|rights/);
    expect(notes).toEqual([]);
  });

  it('reads the whole of a page that is a text, and of one in which no article is found, with a note', async () => {
    const plain = await read('<html><body><p>Just a few words.</p></body></html>');
    expect([plain.documents[0]?.text, plain.notes]).toEqual(['Just a few words.', []]);
    const menu = `<html><body><nav>${'<li><a href="/a">Somewhere else</a></li>'.repeat(40)}</nav><p>x</p></body></html>`;
    expect((await read(menu)).notes).toEqual(['no article found: the whole page was read']);
  });

  it('takes what linked data say', async () => {
    const data =
      '{"@context":"https://schema.org","@graph":[{"@type":"Article","headline":"Linked","datePublished":"2024-03-05","author":[{"name":"Bea"}]}]}';
    expect(
      (await read(`<html><head><script type="application/ld+json">${data}</script></head><body><p>Text.</p>`))
        .documents,
    ).toMatchObject([{ title: 'Linked', authorName: 'Bea', createdAt: '2024-03-05T00:00:00.000Z' }]);
  });

  it('reads a page in the encoding that it declares', async () => {
    const bytes = Buffer.from('<html><meta charset="koi8-r"><body>XYZ</body></html>', 'latin1');
    bytes.set([0xcd, 0xc9, 0xd2], bytes.indexOf('XYZ'));
    expect((await read(bytes)).documents[0]?.text).toBe('мир');
  });

  it('is not held up by a page that takes too long, or that runs its parser out of stack', async () => {
    expect((await read(FRAMED, 'page.html', 1)).notes).toEqual(['no article found: the whole page was read']);
    const deep = await read(`<html><body><nav>x</nav>${'<div>'.repeat(20_000)}deep`);
    expect(deep.documents[0]?.text).toContain('deep');
  });

  it('leaves pages of exports to others, and takes no other XML for a page', async () => {
    const google =
      '<html><head><title>Google Data Export Archive Contents</title></head><body>x</body></html>';
    expect((await read(FRAMED, 'chat.html')).documents).toEqual([]);
    expect((await read(google, 'archive.html')).documents).toEqual([]);
    expect((await read('<?xml version="1.0"?><rss><channel/></rss>', 'feed.xml')).documents).toEqual([]);
    expect(await read('<html><body><img src="a.png"></body></html>')).toMatchObject({
      documents: [],
      skipped: [['page.html', 'page without text', 1]],
    });
  });
});
