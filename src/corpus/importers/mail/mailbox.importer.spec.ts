import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { type FixtureMail, letter, mbox, multipart } from '../../../../test/fixtures/mail.fixture.js';
import { readExport } from '../../../../test/support/read-export.js';
import { AppError } from '../../../shared/index.js';
import { LetterImporter } from './letter.importer.js';
import { MailboxImporter } from './mailbox.importer.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mail-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function read(messages: readonly (FixtureMail | Buffer)[], selfNames: readonly string[] = []) {
  return readExport(new MailboxImporter(), await put('mail.mbox', mbox(messages)), { selfNames });
}
const one = async (mail: FixtureMail | Buffer, selfNames: readonly string[] = []) => read([mail], selfNames);
const textOf = async (mail: FixtureMail | Buffer, selfNames: readonly string[] = []) =>
  (await one(mail, selfNames)).documents[0]?.text;
const SENT = 'X-Gmail-Labels: Sent';

describe('MailboxImporter: a message', () => {
  it('keeps its id, thread, writer, subject, time in UTC and text', async () => {
    const headers = [
      'References: <root@example.org>',
      '\t<before@example.org>',
      'In-Reply-To: <before@example.org>',
    ];
    const { documents, skipped } = await one({
      headers,
      subject: '=?UTF-8?Q?Re:_p=C3=A4rs?=',
      from: '=?utf-8?B?QsO2Yg==?= <Bob@Example.org>',
    });
    expect(documents).toEqual([
      {
        externalId: 'm1@example.org',
        threadId: 'root@example.org',
        replyTo: 'before@example.org',
        authorRole: 'other',
        authorName: 'Böb',
        title: 'Re: pärs',
        text: 'Hello Ann.',
        url: null,
        createdAt: '2024-01-01T09:00:00.000Z',
        tags: [],
        attachments: [],
      },
    ]);
    expect(skipped).toEqual([]);
  });

  it.each([
    ['Mon, 1 Jan 2024 10:00:00 -0500', '2024-01-01T15:00:00.000Z'],
    ['1 Jan 24 10:00 EST', '2024-01-01T15:00:00.000Z'],
    ['Mon Jan  1 10:00:00 2024', '2024-01-01T10:00:00.000Z'],
    ['Monday, January 1, 2024 at 10:00', null],
    ['Tue, 1 Jan 1900 10:00:00 +0000', null],
    ['Tue, 1 Jan 2199 10:00:00 +0000', null],
    ['99 Foo 2024 77:00:00', null],
    [null, null],
  ])('of date %p is of %p', async (date, createdAt) => {
    expect((await one({ date })).documents[0]?.createdAt).toBe(createdAt);
  });

  it('whose date is garbage is of the time it was received', async () => {
    const headers = ['Received: from a by b; Tue, 2 Jan 2024 08:00:00 +0000'];
    expect((await one({ date: 'soon', headers })).documents[0]?.createdAt).toBe('2024-01-02T08:00:00.000Z');
  });

  it('without an id has one of its contents, the same each time', async () => {
    const ids = (await read([{ id: null }, { id: null, body: 'Other.' }])).documents.map(
      ({ externalId }) => externalId,
    );
    expect(ids).toEqual(
      (await read([{ id: null }, { id: null, body: 'Other.' }])).documents.map(
        ({ externalId }) => externalId,
      ),
    );
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^unnamed:[\da-f]{32}$/);
  });

  it('gives its plain text, or else its HTML as text', async () => {
    const plain = ['Content-Type: text/plain; charset=utf-8', 'Plain words.'] as const;
    const html = [
      'Content-Type: text/html; charset=utf-8',
      '<p>HTML <b>words</b> &amp; <a href="https://example.org/x">more</a></p>',
    ] as const;
    expect(await textOf(multipart('alternative', [plain, html]))).toBe('Plain words.');
    expect(await textOf(multipart('alternative', [html]))).toBe('HTML words & more (https://example.org/x)');
  });

  it.each([
    ['quoted-printable', 'iso-8859-1', 'P=E4rs'],
    ['base64', 'utf-8', Buffer.from('Pärs').toString('base64')],
    ['8bit', 'utf-8', Buffer.from('Pärs')],
    ['8bit', 'iso-8859-1', Buffer.from('Pärs', 'latin1')],
  ] as const)('in %s and %s is decoded', async (encoding, charset, body) => {
    const headers = [
      `Content-Type: text/plain; charset=${charset}`,
      `Content-Transfer-Encoding: ${encoding}`,
    ];
    const { documents, notes } = await one({ headers, body });
    expect([documents[0]?.text, notes.filter(({ reason }) => /encoding/.test(reason))]).toEqual(['Pärs', []]);
  });

  it.each([[[]], [['Content-Type: text/plain; charset=utf-8']]])(
    'of eight-bit text that is not what its headers %j say is read all the same, and that is noted',
    async (headers) => {
      const { documents, notes } = await one({ headers, body: Buffer.from('Pärs', 'latin1') });
      expect(documents[0]?.text).toBe('Pärs');
      expect(notes.map(({ reason }) => reason)).toContain(
        'not in the encoding it names: read as Windows-1252',
      );
    },
  );

  it('of an encoding that nobody knows is read as the one that Western programs used', async () => {
    const headers = ['Content-Type: text/plain; charset=x-nonsense'];
    expect(await textOf({ headers, body: Buffer.from('Pärs', 'latin1') })).toBe('Pärs');
  });

  it('names its attachments by kind, not the ornaments of its HTML', async () => {
    const { documents } = await one(
      multipart('mixed', [
        ['Content-Type: text/plain', 'See.'],
        ['Content-Type: image/jpeg; name="tree.jpg"\nContent-Disposition: attachment', 'x'],
        ['Content-Type: application/pdf\nContent-Disposition: attachment; filename="plan.pdf"', 'x'],
        ['Content-Type: audio/ogg\nContent-Disposition: attachment', 'x'],
      ]),
    );
    expect(documents[0]?.attachments).toEqual(['image: tree.jpg', 'file: plan.pdf', 'audio']);
  });

  it.each([
    [{ body: ' \n' }, 'empty message'],
    [
      multipart('mixed', [['Content-Type: image/png; name="a.png"\nContent-Disposition: attachment', 'x']]),
      'no text, only attachments',
    ],
    [{ headers: [SENT], body: '> only\n> quoted' }, 'own message that only passes on another'],
    [{ headers: ['X-Gmail-Labels: Spam,Unread'] }, 'in the spam folder or the bin'],
    [Buffer.from('X-Thing: nothing\n\nof a letter'), 'not a message: it has no headers of one'],
  ])('%# is skipped, and why', async (mail, reason) => {
    const { documents, skipped } = await read([mail, { id: 'next' }]);
    expect(skipped.map((each) => [each.position, each.reason])).toEqual([['mail.mbox[0]', reason]]);
    expect(documents.map(({ externalId }) => externalId)).toEqual(['next']);
  });

  it('carries its labels, not its states; newsletters and lists are told apart', async () => {
    const tagsOf = async (...headers: string[]) => (await one({ headers })).documents[0]?.tags;
    expect(await tagsOf('X-Gmail-Labels: Inbox,"Trees, old",Orchard,Unread')).toEqual([
      'Trees, old',
      'Orchard',
    ]);
    expect(await tagsOf('X-Gmail-Labels: =?UTF-8?Q?=C3=84pfel?=')).toEqual(['Äpfel']);
    expect(await tagsOf('List-Unsubscribe: <mailto:x@example.org>')).toEqual(['newsletter']);
    expect(await tagsOf('List-Post: <mailto:x@example.org>')).toEqual(['mailing-list']);
  });

  it('mends what no database holds', async () => {
    expect(await textOf({ body: 'a\u0000b\r\nc' })).toBe('ab\nc');
  });
});

describe('MailboxImporter: whose words', () => {
  const rolesOf = (result: Awaited<ReturnType<typeof read>>) =>
    result.documents.map(({ authorRole }) => authorRole);
  const ann = { from: 'Ann Tree <Ann@example.org>', id: 'a' };

  it('are the owner’s where the address or the name was given', async () => {
    for (const name of ['ann@example.org', 'ann tree'])
      expect(rolesOf(await read([{ ...ann }, { id: 'b' }], [name]))).toEqual(['self', 'other']);
  });

  it('are the owner’s where the message was sent, and then wherever its address writes', async () => {
    const archived = { ...ann, id: 'c' };
    expect(rolesOf(await read([archived, { ...ann, headers: [SENT] }, { id: 'b' }]))).toEqual([
      'self',
      'self',
      'other',
    ]);
  });

  it('are the owner’s in a folder of sent mail, of any tongue, also where files lie side by side', async () => {
    await put('Gesendet.mbox/mbox', mbox([{ ...ann }]));
    await put('Inbox', mbox([{ id: 'b' }]));
    await put('Inbox.msf', 'index');
    const { documents } = await readExport(new MailboxImporter(), folder);
    expect(documents.map(({ externalId, authorRole }) => [externalId, authorRole])).toEqual([
      ['a', 'self'],
      ['b', 'other'],
    ]);
  });

  it('are those of the address that receives the mail, where nothing else tells', async () => {
    const delivered = ['Delivered-To: ann@example.org'];
    const { documents, notes } = await read([
      { ...ann },
      { id: 'b', headers: delivered },
      { id: 'c', headers: delivered },
    ]);
    expect(documents.map(({ authorRole }) => authorRole)).toEqual(['self', 'other', 'other']);
    expect(notes).toEqual([]);
  });

  it('are nobody’s known where nothing tells, and that is noted once', async () => {
    const { documents, notes } = await read([{ ...ann }, { id: 'b' }]);
    expect(documents.map(({ authorRole }) => authorRole)).toEqual(['other', 'other']);
    expect(notes.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^no own address is known/)]);
  });

  it('are without quotes and signature where they are the owner’s, and whole where they are another’s', async () => {
    const body = 'Yes.\n\nOn 1 Jan 2024, Bob wrote:\n> Shall we?\n\n-- \nAnn';
    const { documents, notes } = await read(
      [
        { ...ann, body },
        { id: 'b', body },
      ],
      ['ann@example.org'],
    );
    expect(documents.map(({ text }) => text)).toEqual(['Yes.', body]);
    expect(notes.map(({ position, reason }) => [position, reason])).toEqual([
      ['mail.mbox[0]', 'quoted messages and the signature were left out of own messages'],
    ]);
  });

  it('leave out a message within an own one, and what its HTML marks as quoted', async () => {
    const inner = ['Content-Type: message/rfc822', letter({ body: 'Words of Bob.' }).toString()] as const;
    const html = [
      'Content-Type: text/html',
      '<p>Mine.</p><div class="gmail_quote">On 1 Jan 2024 Bob wrote:<blockquote>Yours.</blockquote></div>',
    ] as const;
    const mine = ['Content-Type: text/plain', 'Mine.'] as const;
    const own = ['bob@example.org'];
    expect(await textOf(multipart('mixed', [mine, inner]), own)).toBe('Mine.');
    expect(await textOf(multipart('mixed', [html]), own)).toBe('Mine.');
    expect(await textOf(multipart('mixed', [mine, inner]))).toContain('Words of Bob.');
  });

  it('of a draft are the owner’s, and said to be a draft', async () => {
    const { documents } = await one({ headers: ['X-Gmail-Labels: Drafts'] });
    expect(documents[0]).toMatchObject({ authorRole: 'self', tags: ['draft'] });
  });
});

describe('MailboxImporter: files', () => {
  it('of any bytes between parting lines end, and throw nothing but a fault with a name', async () => {
    const piece = fc.constantFrom(
      'From: a@example.org\n',
      'Date: x\n',
      'Content-Type: multipart/mixed; boundary=b\n',
      '--b\n',
      '--b--',
      '\n',
      '\r\n',
      '=?utf-8?B?',
      'Content-Transfer-Encoding: base64\n',
      'Content-Type: message/rfc822\n',
      'Content-Type: text/html; charset=\n',
      '<p>x',
      '\u0000',
      '\u00ff',
      'Message-ID: <',
      'References: >< <x>\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(piece, { maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        async (bodies) => {
          const path = await put(
            'any.mbox',
            mbox(
              bodies.map((pieces) =>
                Buffer.from(`From: x@example.org\nSubject: s\n${pieces.join('')}`, 'latin1'),
              ),
            ),
          );
          const result = await readExport(new MailboxImporter(), path).catch((error: unknown) => error);
          if (result instanceof Error) expect(result).toBeInstanceOf(AppError);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('with parts within parts without end are reported', async () => {
    const deep = Array.from(
      { length: 400 },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`,
    ).join('');
    const { skipped } = await one(Buffer.from(`From: x@example.org\nSubject: s\n${deep}`));
    expect(skipped).toMatchObject([{ reason: 'message with too many headers or parts', isFault: true }]);
  });

  it('beside which letters lie are read with them', async () => {
    await put('a.mbox', mbox([{ id: 'a' }]));
    await put('letters/b.eml', letter({ id: 'b' }));
    await put('notes.md', '# not a letter');
    const { documents } = await readExport(new MailboxImporter(), folder);
    expect(documents.map(({ externalId }) => externalId)).toEqual(['a', 'b']);
  });

  it('that are none are refused', async () => {
    await expect(readExport(new MailboxImporter(), await put('x.mbox', 'nothing'))).rejects.toMatchObject({
      code: 'corpus.unrecognised_import',
    });
  });
});

describe('LetterImporter', () => {
  it('reads letters, those of Apple Mail and those of a Maildir, and nothing else', async () => {
    const bytes = letter({ id: 'b', body: 'Two.' });
    await put('a.eml', letter({ id: 'a' }));
    await put(
      'b.emlx',
      Buffer.concat([Buffer.from(`${bytes.length}\n`), bytes, Buffer.from('<?xml version="1.0"?><plist/>')]),
    );
    await put('Sent/cur/1700.M1P2.host:2,S', letter({ id: 'c' }));
    await put('broken.eml', 'no headers here');
    await put('readme.md', letter({ id: 'd' }));
    const { documents, skipped } = await readExport(new LetterImporter(), folder, { selfNames: [] });
    expect(documents.map(({ externalId, authorRole, text }) => [externalId, authorRole, text])).toEqual([
      ['c', 'self', 'Hello Ann.'],
      ['a', 'other', 'Hello Ann.'],
      ['b', 'other', 'Two.'],
    ]);
    expect(skipped).toEqual([]);
  });
});
