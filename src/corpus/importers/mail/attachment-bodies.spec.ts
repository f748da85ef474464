import { letter, multipart } from '../../../../test/fixtures/mail.fixture.js';
import { withoutAttachmentBodies } from './attachment-bodies.js';
import { mailContentOf } from './mail-message.js';

const lines = (byte: number) =>
  Buffer.alloc(60_000, byte)
    .toString('base64')
    .replace(/(.{76})/g, '$1\n');
const file = (name: string) =>
  `Content-Type: application/pdf; name="${name}"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64`;
const text = 'words of the text '.repeat(5_000).trim();
const longText = Buffer.from(text).toString('base64');

describe('withoutAttachmentBodies', () => {
  const parts: [string, string][] = [
    ['Content-Type: text/plain\nContent-Transfer-Encoding: base64', longText],
    [file('a.pdf'), lines(1)],
    ['Content-Type: text/plain', 'The word base64 is no body.'],
    [file('b.pdf'), lines(2)],
  ];

  it.each(['\n', '\r\n'])(
    'changes nothing of what is read of a message (lines end with %j)',
    async (lineEnd) => {
      const whole = Buffer.from(
        letter(multipart('mixed', parts)).toString('latin1').replaceAll('\n', lineEnd),
        'latin1',
      );
      const light = withoutAttachmentBodies(whole);
      expect(light.length).toBeLessThan(whole.length - 2 * 79_000);
      const content = await mailContentOf(light, false);
      expect(content?.text.split(/\n+/)).toEqual([text, 'The word base64 is no body.']);
      expect(content?.attachments).toEqual(['file: a.pdf', 'file: b.pdf']);
    },
  );

  it('leaves a message without attachments as it is', () => {
    const plain = letter({ body: 'base64 base64\n--base64' });
    expect(withoutAttachmentBodies(plain)).toBe(plain);
  });
});
