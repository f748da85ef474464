import { pdf } from '../../../../test/fixtures/pdf.fixture.js';
import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { PdfImporter } from './pdf.importer.js';
import { pdfTime, textOfPages } from './pdf-text.js';

const emptyFolder = temporaryFolders();
const read = (content: string | Uint8Array, timeoutMs?: number) =>
  readFiles(new PdfImporter(timeoutMs), emptyFolder(), { 'paper.pdf': content });

describe('PdfImporter', () => {
  it('reads the text, title, author and time of a PDF, page after page', async () => {
    const file = pdf(
      [['The pears of this gar-', 'den are ripe, and they', 'fall.'], ['The plums are not.']],
      '',
      "<< /Title (On pears) /Author (Ann) /CreationDate (D:20240305102030+01'00') >>",
    );
    expect((await read(file)).documents).toEqual([
      {
        externalId: 'paper.pdf',
        threadId: null,
        authorRole: 'self',
        title: 'On pears',
        text: 'The pears of this garden are ripe, and they fall.\n\nThe plums are not.',
        url: null,
        createdAt: '2024-03-05T09:20:30.000Z',
        tags: [],
        attachments: [],
        authorName: 'Ann',
      },
    ]);
  });

  it('says of a scan that it holds no text', async () => {
    expect(await read(pdf([[], []]))).toMatchObject({
      documents: [],
      skipped: [['paper.pdf', 'PDF without text: a scan or pictures only', 1]],
      faults: 0,
    });
  });

  it('says of a PDF with a password, of a broken one and of one that takes too long what they are', async () => {
    const secret = `<${'ab'.repeat(32)}>`;
    const locked = pdf(
      [['text']],
      `/ID [<01> <02>] /Encrypt << /Filter /Standard /V 1 /R 2 /O ${secret} /U ${secret} /P -4 >>`,
    );
    expect(await read(locked)).toMatchObject({
      skipped: [['paper.pdf', 'PDF is protected by a password', 1]],
      faults: 1,
    });
    expect(await read('%PDF-1.4\nnothing more')).toMatchObject({
      skipped: [['paper.pdf', 'PDF is damaged', 1]],
      faults: 1,
    });
    expect(await read(pdf([['text']]), 1)).toMatchObject({
      skipped: [['paper.pdf', 'PDF takes too long to read', 1]],
      faults: 1,
    });
  });

  it('reads on after a PDF on which its thread was ended', async () => {
    const importer = new PdfImporter();
    const { documents, faults } = await readFiles(importer, emptyFolder(), {
      'a.pdf': '%PDF-1.4 broken',
      'b.pdf': pdf([['The pears of this garden.']]),
    });
    expect([documents.length, faults]).toEqual([1, 1]);
  });
});

describe('textOfPages', () => {
  const page = (...lines: readonly string[]) =>
    lines.map((text, at) => ({ text, height: 10, bottom: 700 - at * 12 }));

  it('leaves out running heads and page numbers, and joins a sentence over the page', () => {
    const pages = ['one goes on', 'and on', 'and on', 'to the end.'].map((text, at) =>
      page('The Garden', text, `Page ${at + 1}`),
    );
    expect(textOfPages(pages)).toBe('one goes on and on and on to the end.');
  });

  it('parts paragraphs at gaps and other sizes, sets lists in lines, and keeps true hyphens', () => {
    const lines = [
      { text: 'Title', height: 20, bottom: 700 },
      { text: 'A well-', height: 10, bottom: 680 },
      { text: 'known pear.', height: 10, bottom: 668 },
      { text: 'Next.', height: 10, bottom: 630 },
      { text: '• one', height: 10, bottom: 618 },
      { text: '• two', height: 10, bottom: 606 },
      { text: 'Anglo-', height: 10, bottom: 570 },
      { text: 'Saxon', height: 10, bottom: 558 },
    ];
    expect(textOfPages([lines])).toBe('Title\n\nA wellknown pear.\n\nNext.\n• one\n• two\n\nAnglo- Saxon');
  });
});

describe('pdfTime', () => {
  it.each([
    ["D:20240305102030+01'00'", '2024-03-05T09:20:30.000Z'],
    ['D:20240305102030Z', '2024-03-05T10:20:30.000Z'],
    ['D:2024', '2024-01-01T00:00:00.000Z'],
    ['20240305', '2024-03-05T00:00:00.000Z'],
    ['D:20241399', null],
    ['yesterday', null],
    [null, null],
  ])('of %s is %s', (written, iso) => {
    expect(pdfTime(written)).toBe(iso);
  });
});
