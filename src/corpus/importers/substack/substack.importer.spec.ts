import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { SubstackImporter } from './substack.importer.js';

const emptyFolder = temporaryFolders();
const HEAD = 'post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url';

describe('SubstackImporter', () => {
  it('reads published posts with what the table tells of them, without the buttons in them', async () => {
    const { documents, skipped, faults } = await readFiles(new SubstackImporter(), emptyFolder(), {
      'posts.csv': `${HEAD}\n11.pears,2024-03-05T10:20:30.123Z,true,,podcast,only_paid,Pears &amp; plums,In short,https://e.org/a.mp3\n12.draft,,false,,newsletter,everyone,D,,\n13.gone,2024-03-05T10:20:30.123Z,true,,newsletter,everyone,G,,\n`,
      'posts/11.pears.html':
        '<p>Pears are good.</p><p class="button-wrapper"><a class="button" href="https://e.org"><span>Subscribe now</span></a></p><p>So are plums.</p>',
      'posts/12.draft.html': '<p>Not yet.</p>',
      'posts/14.stray.html': '<p>Nobody knows.</p>',
    });
    expect(documents).toEqual([
      {
        externalId: '11',
        threadId: null,
        authorRole: 'self',
        title: 'Pears & plums',
        text: 'In short\n\nPears are good.\n\nSo are plums.',
        url: null,
        createdAt: '2024-03-05T10:20:30.000Z',
        tags: ['podcast', 'paid'],
        attachments: ['audio'],
      },
    ]);
    expect(skipped.map(([position, reason]) => [position, reason])).toEqual([
      ['posts/12.draft.html', 'draft, not published'],
      ['posts/14.stray.html', 'page without its row in posts.csv'],
      ['posts.csv: 13.gone', 'post without its page'],
    ]);
    expect(faults).toBe(1);
  });
});
