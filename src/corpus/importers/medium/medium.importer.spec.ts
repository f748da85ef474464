import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { MediumImporter } from './medium.importer.js';

const emptyFolder = temporaryFolders();

function post(title: string, body: string, canonical: string | null): string {
  const published =
    canonical === null
      ? '<p><a href="https://medium.com/p/aa">View original.</a></p>'
      : `<p>By <a href="https://medium.com/@ann" class="p-author h-card">Ann</a> on <time class="dt-published" datetime="2024-03-05T10:20:30.123Z">March 5</time></p><p><a href="${canonical}" class="p-canonical">Canonical link</a></p><p class="p-tags"><a class="p-tag">Trees</a></p>`;
  return `<!DOCTYPE html><html><head><title>x</title></head><body><article class="h-entry"><header><h1 class="p-name">${title}</h1></header><section data-field="subtitle" class="p-summary">Sub</section><section data-field="body" class="e-content"><section><h3 class="graf--title">${title}</h3>${body}</section></section><footer>${published}<p>Exported from Medium</p></footer></article></body></html>`;
}

describe('MediumImporter', () => {
  it('reads posts and responses, and leaves out drafts and all other pages', async () => {
    const { documents, skipped } = await readFiles(new MediumImporter(), emptyFolder(), {
      'posts/2024-03-05_Pears-ab12cd34ef56.html': post(
        'Pears',
        '<p>Are <b>good</b>.</p><img src="a/pear.jpg">',
        'https://medium.com/@ann/pears-ab12cd34ef56',
      ),
      'posts/draft_Plums-ffffffffff.html': post('Plums', '<p>x</p>', null),
      'posts/response.html': post('Well said', '', 'https://medium.com/@ann/well-said-0123456789ab'),
      'profile/profile.html': '<html><body><h3 class="p-name">Ann</h3></body></html>',
    });
    expect(documents).toMatchObject([
      {
        externalId: 'ab12cd34ef56',
        authorRole: 'self',
        title: 'Pears',
        text: 'Are good.',
        url: 'https://medium.com/@ann/pears-ab12cd34ef56',
        createdAt: '2024-03-05T10:20:30.000Z',
        tags: ['Trees'],
        attachments: ['image: pear.jpg'],
        authorName: 'Ann',
      },
      { externalId: '0123456789ab', text: 'Well said' },
    ]);
    expect(skipped).toEqual([['posts/draft_Plums-ffffffffff.html', 'draft, not published', 1]]);
  });

  it('keeps two posts apart that claim one address', async () => {
    const url = 'https://medium.com/@ann/pears-ab12cd34ef56';
    const { documents } = await readFiles(new MediumImporter(), emptyFolder(), {
      'posts/a.html': post('A', '<p>One.</p>', url),
      'posts/b.html': post('B', '<p>Two.</p>', url),
    });
    expect(documents.map(({ externalId }) => externalId)).toEqual(['ab12cd34ef56', 'b.html']);
  });

  it('refuses a folder without posts', async () => {
    await expect(
      readFiles(new MediumImporter(), emptyFolder(), { 'posts/a.txt': 'x' }),
    ).rejects.toMatchObject({
      code: 'corpus.unrecognised_import',
    });
  });
});
