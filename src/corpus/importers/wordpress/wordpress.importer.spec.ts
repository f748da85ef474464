import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { WordPressImporter } from './wordpress.importer.js';

const emptyFolder = temporaryFolders();

function item(id: number, fields: Readonly<Record<string, string>> = {}): string {
  const all: Record<string, string> = {
    title: `Post ${id}`,
    link: `https://garden.example/?p=${id}`,
    pubDate: 'Tue, 05 Mar 2024 10:20:30 +0000',
    'dc:creator': 'ann',
    'content:encoded': `<![CDATA[Words of ${id}.]]>`,
    'wp:post_id': `${id}`,
    'wp:post_date_gmt': '2024-03-05 10:20:30',
    'wp:status': 'publish',
    'wp:post_type': 'post',
    ...fields,
  };
  return `<item>${Object.entries(all)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('\n')}</item>`;
}

function wxr(...items: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment of the exporter -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The garden</title><link>https://garden.example</link><wp:base_blog_url>https://garden.example</wp:base_blog_url>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name><![CDATA[Ann Gardener]]></wp:author_display_name></wp:author>
${items.join('\n')}
</channel></rss>`;
}

const read = (text: string | Uint8Array, selfNames: readonly string[] = []) =>
  readFiles(new WordPressImporter(), emptyFolder(), { 'export.xml': text }, selfNames);

describe('WordPressImporter', () => {
  it('reads a published post with its author, time, tags and pictures', async () => {
    const content =
      '<![CDATA[<!-- wp:paragraph --><p>On <b>pears</b> &amp; plums.</p><!-- /wp:paragraph --><img src="https://e.org/pear.jpg">]]>';
    const { documents } = await read(
      wxr(
        item(7, {
          title: '<![CDATA[Pears &#8211; plums]]>',
          'content:encoded': content,
          category: '<![CDATA[Trees]]>',
        }).replace('<category>', '<category domain="category" nicename="trees">'),
      ),
    );
    expect(documents).toEqual([
      {
        externalId: 'https://garden.example?p=7',
        threadId: null,
        authorRole: 'self',
        title: 'Pears – plums',
        text: 'On pears & plums.',
        url: 'https://garden.example/?p=7',
        createdAt: '2024-03-05T10:20:30.000Z',
        tags: ['Trees'],
        attachments: ['image: pear.jpg'],
        authorName: 'Ann Gardener',
      },
    ]);
  });

  it('leaves out and counts what is not published or no text, and tags pages and protected posts', async () => {
    const { documents, skipped } = await read(
      wxr(
        item(1, { 'wp:post_type': 'page' }),
        item(2, { 'wp:post_password': 'pear' }),
        item(3, { 'wp:post_type': 'recipe' }),
        item(4, { 'wp:status': 'draft' }),
        item(5, { 'wp:status': 'private' }),
        item(6, { 'wp:status': 'future' }),
        item(7, { 'wp:post_type': 'attachment', 'wp:status': 'inherit' }),
        item(8, { 'wp:post_type': 'nav_menu_item' }),
        item(9, { 'wp:post_type': 'wp_global_styles' }),
        item(10, { 'content:encoded': '<![CDATA[[gallery ids="1,2"]]]>' }),
        item(11, { 'wp:comment': '<wp:comment_content>Of another.</wp:comment_content>' }),
      ),
    );
    expect(documents.map(({ tags }) => tags)).toEqual([['page'], ['protected'], ['type:recipe'], []]);
    expect(skipped.map(([position, reason]) => `${position} ${reason}`)).toEqual([
      'export.xml[3] draft, not published',
      'export.xml[4] private, not published',
      'export.xml[5] scheduled, not published',
      'export.xml[6] media file, not a text',
      'export.xml[7] menu item, not a text',
      'export.xml[8] setting of the site, not a text',
      'export.xml[9] post without text',
      'export.xml[10] comment under a post',
    ]);
  });

  it('tells the posts of others where the owner is named, and doubts where nobody is', async () => {
    const text = wxr(item(1), item(2, { 'dc:creator': 'bob' }));
    expect((await read(text, ['ann gardener'])).documents.map(({ authorRole }) => authorRole)).toEqual([
      'self',
      'other',
    ]);
    const { documents, notes } = await read(text);
    expect(documents.map(({ authorRole }) => authorRole)).toEqual(['self', 'self']);
    expect(notes).toEqual([
      'several authors, all taken for the owner: import again with the names of the owner',
    ]);
  });

  it('sets old posts in the lines that they were shown in, without short codes', async () => {
    const content =
      '<![CDATA[First\nline [sic] [1].\n\n[caption id="a" width="1"]<img src="a.jpg"> A tree[/caption]\n\nUse [[gallery]] or\n<code>[x y="1"]</code>]]>';
    const { documents } = await read(wxr(item(1, { 'content:encoded': content })));
    expect(documents[0]?.text).toBe('First\nline [sic] [1].\n\nA tree\n\nUse [gallery] or `[x y="1"]`');
  });

  it('reads what is readable of a file that is not well-formed, and reports where it ends too early', async () => {
    const broken = wxr(
      item(1, { link: 'https://garden.example/?a=1&b=2' }),
      '<item><title>never closed',
      item(2),
    );
    expect((await read(broken)).documents.map(({ title }) => title)).toEqual(['Post 1', 'Post 2']);
    const cut = wxr(item(1), item(2)).slice(0, -120);
    expect(await read(cut)).toMatchObject({
      documents: [{ title: 'Post 1' }],
      skipped: [['export.xml[1]', 'the file ends too early: export it again', 1]],
      faults: 1,
    });
  });

  it('expands no entities of a document type', async () => {
    const text = wxr(item(1, { title: 'A &bomb; &file;' })).replace(
      '<rss',
      '<!DOCTYPE rss [<!ENTITY bomb "BOOM"><!ENTITY file SYSTEM "file:///etc/passwd">]><rss',
    );
    const { documents } = await read(text);
    expect(documents[0]?.title).toBe('A &bomb; &file;');
  });

  it('gives the same ids and texts in UTF-16 as in UTF-8, and times of 0000 as none', async () => {
    const text = wxr(item(1, { 'wp:post_date_gmt': '0000-00-00 00:00:00', pubDate: '' }));
    const plain = await read(text);
    expect(plain.documents[0]?.createdAt).toBeNull();
    expect((await read(Buffer.from(`\ufeff${text}`, 'utf16le'))).documents).toEqual(plain.documents);
  });
});
