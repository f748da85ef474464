import fc from 'fast-check';
import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { LinkedInImporter } from './linkedin.importer.js';

const emptyFolder = temporaryFolders();
const POST = 'https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A71';
const SHARES = 'Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n';

const read = (files: Readonly<Record<string, string | Uint8Array>>) =>
  readFiles(new LinkedInImporter(), emptyFolder(), files);

describe('LinkedInImporter', () => {
  it('reads a post: its lines without the marks around them, link, tags, time in UTC', async () => {
    const { documents, skipped } = await read({
      'Shares.csv': `${SHARES}2023-05-01 12:33:10,${POST},"Pears, and ""plums""\n""\n""#Fruit for all",https://e.org/a,,MEMBER_NETWORK\r\n2023-05-02 12:33:10,${POST}2,,https://e.org/b,,MEMBER_NETWORK\r\n`,
    });
    expect(documents).toEqual([
      {
        externalId: 'share:share:71',
        threadId: 'share:share:71',
        authorRole: 'self',
        title: null,
        text: 'Pears, and "plums"\n\n#Fruit for all',
        url: POST,
        createdAt: '2023-05-01T12:33:10.000Z',
        tags: ['visibility:member_network', 'Fruit'],
        attachments: ['link: https://e.org/a'],
      },
    ]);
    expect(skipped).toEqual([['Shares.csv[1]', 'share without text', 1]]);
  });

  it('reads comments, with marks behind back-slashes and commas without marks, each under its own id', async () => {
    const { documents } = await read({
      'Comments_1.csv': `Date,Link,Message\n2023-05-01 12:33:10,${POST},"A \\"good\\", old pear"\n2023-05-01 12:33:11,${POST},one, two, three\n,${POST},No time.\n`,
    });
    expect(
      documents.map(({ externalId, threadId, replyTo, text }) => [externalId, threadId, replyTo, text]),
    ).toEqual([
      ['comment:share:71:2023-05-01 12:33:10', 'share:share:71', 'share:share:71', 'A "good", old pear'],
      ['comment:share:71:2023-05-01 12:33:11', 'share:share:71', 'share:share:71', 'one, two, three'],
      [
        expect.stringMatching(/^comment:share:71::[0-9a-f]{16}$/),
        'share:share:71',
        'share:share:71',
        'No time.',
      ],
    ]);
  });

  it('reads articles as pages and tables, recommendations, and leaves messages out', async () => {
    const page = (times: string) =>
      `<html><head><title>T</title><style>p{}</style></head><body><h1><a href="https://www.linkedin.com/pulse/on-pears-pear">On &amp; off pears</a></h1>${times}<div><p>First.</p><p>Second.</p></div></body></html>`;
    const { documents, skipped } = await read({
      'Shares.csv': `${SHARES}2023-05-01 12:33:10,${POST},Words.,,,\n`,
      'Articles/a.html': page(
        '<p class="created">Created on 2017-03-06 11:31</p><p class="published">Published on 2017-03-07 11:31</p>',
      ),
      'Articles/Articles/b.html': page('<p class="created">Created on 2017-03-06 11:31</p>').replace(
        /<a.*<\/a>/,
        'Later',
      ),
      'Articles.csv': 'Title,Content,Date\nTable,<p>Some <b>text</b></p>,2021-05-20\n',
      'Recommendations_Given.csv':
        'First Name,Last Name,Company,Job Title,Text,Creation Date,Status\nA,Plum,,,Very good.,"05/20/21, 10:00 AM",VISIBLE\n',
      'messages.csv': 'CONVERSATION ID,FROM,TO,CONTENT\n1,a,b,hush\n',
      'Connections.csv': 'Notes:\n"x"\n',
    });
    expect(
      documents.map(({ externalId, title, text, createdAt, tags }) => [
        externalId,
        title,
        text,
        createdAt,
        tags,
      ]),
    ).toEqual([
      ['article:Table', 'Table', 'Some text', '2021-05-20T00:00:00.000Z', ['article']],
      ['article:b', 'Later', 'First.\n\nSecond.', '2017-03-06T11:31:00.000Z', ['article', 'draft']],
      [
        'article:https://www.linkedin.com/pulse/on-pears-pear',
        'On & off pears',
        'First.\n\nSecond.',
        '2017-03-07T11:31:00.000Z',
        ['article'],
      ],
      ['recommendation:A Plum:05/20/21, 10:00 AM', 'A Plum', 'Very good.', null, ['recommendation']],
      ['share:share:71', null, 'Words.', '2023-05-01T12:33:10.000Z', []],
    ]);
    expect(skipped).toEqual([['messages.csv', 'table of private messages', 1]]);
  });

  it('keeps the rows before a mark that is never closed, and reads other encodings', async () => {
    const rows = `${SHARES}2023-05-01,${POST}1,Grüße,,,\n2023-05-01,${POST}2,"never\nclosed,,,\n`;
    const inLatin1 = await read({ 'Shares.csv': Buffer.from(rows, 'latin1') });
    expect(inLatin1.documents.map(({ text }) => text)).toEqual(['Grüße']);
    expect([inLatin1.faults, inLatin1.notes.length]).toEqual([1, 1]);
    const wide = await read({ 'Shares.csv': Buffer.from(`\ufeff${rows}`, 'utf16le') });
    expect(wide.documents.map(({ text }) => text)).toEqual(['Grüße']);
  });

  it('never throws, whatever the tables hold', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\\', 'a', '\u0000', '<p>', '2023-01-01', 'urn:li:share:1'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(cell), async (cells) => {
        const rows = cells.join(',');
        await read({ 'Shares.csv': SHARES + rows, 'Comments.csv': `Date,Link,Message\n${rows}` });
      }),
      { numRuns: 40 },
    );
  });
});
