import fc from 'fast-check';
import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { PostsImporter } from './posts.importer.js';

const emptyFolder = temporaryFolders();
const read = (name: string, content: string) =>
  readFiles(new PostsImporter(), emptyFolder(), { [name]: content });

describe('PostsImporter', () => {
  it('reads a table of posts', async () => {
    const { documents, skipped } = await read(
      'posts.csv',
      'id,title,status,content_html,publish date,content_tags\n1,Pears,confirmed,"<p>A ""ripe"" pear.</p>",2024-03-05 10:20:30,"trees;fruit"\n2,Plums,draft,<p>x</p>,,\n',
    );
    expect(documents).toEqual(
      [
        {
          externalId: '1',
          threadId: null,
          authorRole: 'self',
          title: 'Pears',
          text: 'A "ripe" pear.',
          url: null,
          createdAt: null,
          tags: ['trees', 'fruit'],
          attachments: [],
        },
      ].map((each) => ({ ...each, createdAt: '2024-03-05T10:20:30.000Z' })),
    );
    expect(skipped).toEqual([['posts.csv[1]', 'draft, not published', 1]]);
  });

  it.each([
    ['a list', '[{"slug":"a","subject":"A","body":"Text.","creation_date":"2024-03-05T00:00:00Z"}]'],
    [
      'JSON Feed',
      '{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"a","title":"A","content_text":"Text.","date_published":"2024-03-05T00:00:00Z"}]}',
    ],
    [
      'an export of Ghost',
      '{"db":[{"meta":{},"data":{"posts":[{"id":"a","title":"A","html":"<p>Text.</p>","status":"published","published_at":"2024-03-05T00:00:00.000Z"}]}}]}',
    ],
  ])('reads %s in JSON', async (_name, json) => {
    expect((await read('export.json', json)).documents).toMatchObject([
      { externalId: 'a', title: 'A', text: 'Text.', createdAt: '2024-03-05T00:00:00.000Z' },
    ]);
  });

  it('claims no table and no list of other things', async () => {
    const importer = new PostsImporter();
    for (const [name, content] of [
      ['contacts.csv', 'name,email\na,b'],
      ['posts.csv', 'id,subreddit,title,body\n1,x,a,b'],
      ['a.json', '[{"title":"x","mapping":{}}]'],
      ['a.json', '[{"text":"no title"}]'],
      ['a.json', 'not JSON'],
    ] as const)
      expect((await readFiles(importer, emptyFolder(), { [name]: content })).documents).toEqual([]);
  });

  it('reports what is cut, and never throws whatever the values are', async () => {
    const cut = await read('a.json', '[{"title":"a","body":"x"},{"title":"b","bo');
    expect([cut.documents.length, cut.faults]).toEqual([1, 1]);
    const importer = new PostsImporter();
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            title: fc.jsonValue(),
            body: fc.jsonValue(),
            id: fc.jsonValue(),
            tags: fc.jsonValue(),
            date: fc.jsonValue(),
          }),
          { minLength: 1 },
        ),
        async (posts) => {
          await readFiles(importer, emptyFolder(), {
            'p.json': JSON.stringify([{ title: 'a', body: 'b' }, ...posts]),
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});
