import fc from 'fast-check';
import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { FeedImporter } from './feed.importer.js';

const emptyFolder = temporaryFolders();
const read = (text: string | Uint8Array, selfNames: readonly string[] = []) =>
  readFiles(new FeedImporter(), emptyFolder(), { 'feed.xml': text }, selfNames);
const rss = (...items: readonly string[]) =>
  `<rss version="2.0"><channel><title>F</title>${items.join('')}</channel></rss>`;
const atom = (...entries: readonly string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Ann</name></author>${entries.join('')}</feed>`;

describe('FeedImporter', () => {
  it('reads RSS 2.0', async () => {
    const item =
      '<item><title>Pears &amp;amp; plums</title><link>https://e.org/1</link><guid isPermaLink="false">id-1</guid><description>short</description><content:encoded><![CDATA[<p>The <i>whole</i> text.</p>]]></content:encoded><pubDate>Tue, 5 Mar 2024 10:20:30 +0100</pubDate><dc:creator>Ann</dc:creator><category>Trees</category><enclosure url="https://e.org/1.mp3" type="audio/mpeg"/></item>';
    expect((await read(rss(item))).documents).toEqual([
      {
        externalId: 'id-1',
        threadId: null,
        authorRole: 'self',
        title: 'Pears & plums',
        text: 'The whole text.',
        url: 'https://e.org/1',
        createdAt: '2024-03-05T09:20:30.000Z',
        tags: ['Trees'],
        attachments: ['audio'],
        authorName: 'Ann',
      },
    ]);
  });

  it('reads RSS 1.0 and 0.9, whose items stand beside the channel', async () => {
    const text =
      '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>F</title><items><rdf:Seq><rdf:li/></rdf:Seq></items></channel><item rdf:about="https://e.org/a"><title>T</title><description>Text.</description><dc:date>2024-03-05</dc:date></item></rdf:RDF>';
    expect((await read(text)).documents).toMatchObject([
      { externalId: 'https://e.org/a', text: 'Text.', createdAt: '2024-03-05T00:00:00.000Z' },
    ]);
  });

  it('reads the kinds of content that Atom has', async () => {
    const entry = (content: string) =>
      `<entry><id>${content.length}</id><title type="html">A &lt;b&gt;b&lt;/b&gt;</title><link rel="self" href="https://e.org/s"/><link href="https://e.org/a"/><updated>2024-03-05T10:20:30Z</updated>${content}</entry>`;
    const kinds = [
      '<content type="html">&lt;p&gt;One.&lt;/p&gt;</content>',
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Two <b>b</b> <a href="https://e.org/2">c</a>.</p></div></content>',
      '<content type="text">Three &lt;b&gt; is a tag.</content>',
      `<content mode="base64" type="text/plain">${Buffer.from('Four.').toString('base64')}</content>`,
      '<content type="image/png">iVBORw0KGgo=</content><summary>Five.</summary>',
    ];
    const { documents } = await read(atom(...kinds.map(entry)));
    expect(documents.map(({ text }) => text)).toEqual([
      'One.',
      'Two b c (https://e.org/2).',
      'Three <b> is a tag.',
      'Four.',
      'Five.',
    ]);
    expect(documents[0]).toMatchObject({ title: 'A b', url: 'https://e.org/a', authorName: 'Ann' });
  });

  it('is not led astray by other namespaces, and knows them by address rather than prefix', async () => {
    const item =
      '<item xmlns:m="http://search.yahoo.com/mrss/" xmlns:full="http://purl.org/rss/1.0/modules/content/"><m:title>wrong</m:title><title>Right</title><m:description>wrong</m:description><full:encoded>The text.</full:encoded></item>';
    expect((await read(rss(item))).documents).toMatchObject([{ title: 'Right', text: 'The text.' }]);
  });

  it('takes posts of an export of Blogger, and leaves out drafts, comments and settings', async () => {
    const kind = (name: string) =>
      `<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#${name}"/>`;
    const old = ['post', 'comment', 'settings'].map(
      (name) => `<entry><id>${name}</id><content>Old ${name}.</content>${kind(name)}</entry>`,
    );
    const draft = `<entry><id>d</id><content>Draft.</content>${kind('post')}<app:control xmlns:app="http://purl.org/atom/app#"><app:draft>yes</app:draft></app:control></entry>`;
    const recent = ['LIVE', 'DRAFT'].map(
      (status) =>
        `<entry xmlns:blogger="http://schemas.google.com/blogger/2018"><id>${status}</id><blogger:type>POST</blogger:type><blogger:status>${status}</blogger:status><content>New ${status}.</content></entry>`,
    );
    const { documents, skipped } = await read(atom(...old, draft, ...recent));
    expect(documents.map(({ text }) => text)).toEqual(['Old post.', 'New LIVE.']);
    expect(skipped.map(([, reason]) => reason)).toEqual([
      'comment under a post',
      'setting of the site, not a text',
      'draft, not published',
      'draft, not published',
    ]);
  });

  it.each([
    ['nothing but a title', '<item><title>Only this</title></item>', { title: null, text: 'Only this' }],
    ['no time', '<item><description>x</description><pubDate>soon</pubDate></item>', { createdAt: null }],
    [
      'HTML entities in XML',
      '<item><title>caf&eacute;&nbsp;&ndash; a &amp; b</title></item>',
      { text: 'café – a & b' },
    ],
    [
      'tags in upper case',
      '<ITEM><TITLE>a</TITLE><DESCRIPTION>b</DESCRIPTION></ITEM>',
      { title: 'a', text: 'b' },
    ],
    [
      'a bare ampersand and an open tag',
      '<item><title>a & b</title><description>x <br> y</item>',
      { title: 'a & b' },
    ],
    [
      'an item that is not closed',
      '<item><title>a</title><description>x</description><item><title>b</title></item>',
      { title: 'a' },
    ],
  ])('reads an item with %s', async (_name, item, document) => {
    expect((await read(rss(item))).documents[0]).toMatchObject(document);
  });

  it('reads what stands before the XML declaration, and encodings that are declared or not', async () => {
    expect(
      (await read(`\n\n<?xml version="1.0"?>${rss('<item><title>a</title></item>')}`)).documents,
    ).toHaveLength(1);
    const greek = Buffer.from(
      `<?xml version="1.0" encoding="iso-8859-7"?>${rss('<item><title>X</title></item>')}`,
    );
    greek[greek.indexOf('X')] = 0xe1;
    expect((await read(greek)).documents[0]?.text).toBe('α');
    const wide = Buffer.from(
      `<?xml version="1.0"?>${rss('<item><title>ö</title></item>')}`,
      'utf16le',
    ).swap16();
    expect((await read(wide)).documents[0]?.text).toBe('ö');
  });

  it('tells entries apart that have no id, in the same way each time', async () => {
    const text = rss('<item><title>a</title></item>', '<item><title>b</title></item>');
    const ids = (await read(text)).documents.map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBe(2);
    expect((await read(text)).documents.map(({ externalId }) => externalId)).toEqual(ids);
  });

  it('does not run out of stack or memory on what nests or never ends', async () => {
    const deep = `${'<a>'.repeat(200_000)}x${'</a>'.repeat(200_000)}`;
    const { skipped, faults } = await read(rss('<item><title>a</title></item>', `<item>${deep}</item>`));
    expect([faults, skipped.map(([, reason]) => reason)]).toEqual([
      1,
      ['XML is nested too deeply: the rest of the file is not read'],
    ]);
    const shallow = `<item><title>b</title><description>${'<a>'.repeat(300)}deep${'</a>'.repeat(300)}</description></item>`;
    expect((await read(rss(shallow))).documents).toMatchObject([{ text: 'deep' }]);
  });

  it('never throws, whatever the elements and their order', async () => {
    const piece = fc.constantFrom(
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<description>',
      '</description>',
      '<![CDATA[',
      ']]>',
      '<entry xmlns="x">',
      '</entry>',
      '<link href="https://e.org"/>',
      '<pubDate>',
      '&x;',
      '&#xFFFFFF;',
      'words',
      '<',
      '\u0000',
      '<guid>',
      '</channel>',
      '<!--',
      '<?x',
    );
    const importer = new FeedImporter();
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (parts) => {
        const { documents } = await readFiles(importer, emptyFolder(), {
          'f.xml': `<rss><channel>${parts.join('')}`,
        });
        for (const { text } of documents) expect(text.trim()).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });
});
