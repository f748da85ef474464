import fc from 'fast-check';
import { letter, mbox } from '../../../../test/fixtures/mail.fixture.js';
import { isMbox, mboxMessages } from './mbox.splitter.js';

async function split(
  bytes: Buffer,
  chunkBytes = 1000,
  maxBytes = 1 << 20,
): Promise<{ text: string; isCut: boolean }[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const found: { text: string; isCut: boolean }[] = [];
  for await (const message of mboxMessages(chunks(), maxBytes))
    found.push({ text: message.bytes.toString('latin1'), isCut: message.isCut });
  return found;
}

describe('mboxMessages', () => {
  it('gives every message as it was before it was put into a mailbox, for any chunks', async () => {
    const line = fc.constantFrom(
      'From here on, it is 10:00 in 2024',
      '>From a quote',
      '>>From two',
      'words',
      '',
      '.',
      'From',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { maxLength: 6 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 300 }),
        async (bodies, chunkBytes) => {
          const letters = bodies.map((lines, index) =>
            letter({ id: `m${index}`, body: `x\n${lines.join('\n')}\nend` }),
          );
          const found = await split(mbox(letters), chunkBytes);
          expect(found.map(({ text }) => text.trimEnd())).toEqual(
            letters.map((each) => each.toString().trimEnd()),
          );
        },
      ),
    );
  });

  it('takes CRLF, a byte order mark, empty lines at the start, and no line end at the close', async () => {
    const bytes = mbox([{ id: 'a' }, { id: 'b' }])
      .toString('latin1')
      .trimEnd()
      .replaceAll('\n', '\r\n');
    expect(await split(Buffer.from(`\u00ef\u00bb\u00bf\r\n${bytes}`, 'latin1'))).toHaveLength(2);
  });

  it('does not part a message at a line of its text that was not quoted', async () => {
    const careless = Buffer.concat([
      Buffer.from('From x@example.org Mon Jan  1 10:00:00 2024\n'),
      letter({
        body: 'Dear Ann,\n\nFrom my window I see pears.\nLovely: they are.\n\nFrom 9:00 to 2024 o clock\nno header here\n',
      }),
    ]);
    expect(await split(careless)).toHaveLength(1);
  });

  it.each([
    'From - Mon Jan 01 10:00:00 2024',
    'From 1234567@xxx Mon Jan 01 09:00:00 +0000 2024',
    'From MAILER-DAEMON',
  ])('parts at "%s"', async (separator) => {
    const bytes = Buffer.from(`${separator}\n${letter()}\n\n${separator}\n${letter()}\n`);
    expect(isMbox(bytes)).toBe(true);
    expect(await split(bytes)).toHaveLength(2);
  });

  it.each([64, 100_000])(
    'gives the beginning of what is over the limit, and the next one whole (chunks of %d)',
    async (chunkBytes) => {
      const found = await split(
        mbox([{ id: 'a', body: 'x'.repeat(300_000) }, { id: 'b' }]),
        chunkBytes,
        10_000,
      );
      expect(found.map(({ text, isCut }) => [text.length, isCut])).toEqual([
        [10_000, true],
        [expect.any(Number), false],
      ]);
      expect(found[1]?.text).toContain('<b>');
    },
  );

  it('ends in whatever it is given', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('\nFrom ', 'From ', '\n', '\r\n', 'A: b', '2024 10:00', 'x')),
        async (parts) => {
          const bytes = Buffer.from(parts.join(''));
          const found = await split(bytes, 3, 16);
          expect(found.every(({ text }) => text.length <= 16)).toBe(true);
        },
      ),
    );
  });

  it.each(['', 'Dear Ann,\nhello', 'From me to you\n\nhello', 'From: bob@example.org\nSubject: x\n\nx'])(
    'is not asked to split %j',
    (text) => {
      expect(isMbox(Buffer.from(text))).toBe(false);
    },
  );
});
