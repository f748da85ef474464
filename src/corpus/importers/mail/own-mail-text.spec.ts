import fc from 'fast-check';
import { ownMailText } from './own-mail-text.js';
import { withoutQuotedHtml } from './quoted-html.js';

describe('ownMailText', () => {
  it.each([
    [
      'a quote below with its introduction',
      'Yes, gladly.\n\nOn Mon, 1 Jan 2024 at 10:00, Bob <bob@example.org> wrote:\n> Shall we?\n> Bob',
    ],
    [
      'an introduction over two lines',
      'Yes, gladly.\n\nOn Mon, 1 Jan 2024 at 10:00, Bob\n<bob@example.org> wrote:\n\n> Shall we?',
    ],
    ['a German introduction', 'Yes, gladly.\n\nAm 01.01.2024 um 10:00 schrieb Bob:\n> Shall we?'],
    ['a language that is not known', 'Yes, gladly.\n\nDen 1. jan. 2024 10:00 ytrade Bob:\n> Shall we?'],
    [
      'an introduction without quote marks',
      'Yes, gladly.\n\nLe 1 janv. 2024 à 10:00, Bob a écrit :\n\nShall we?\n\nBob',
    ],
    [
      'an Outlook block',
      'Yes, gladly.\n\n________________________________\nFrom: Bob <bob@example.org>\nSent: Monday, January 1, 2024\nTo: Ann\nSubject: Pears\n\nShall we?',
    ],
    [
      'a German Outlook block',
      'Yes, gladly.\n\nVon: Bob\nGesendet: Montag, 1. Januar 2024\nAn: Ann\nBetreff: Birnen\n\nShall we?',
    ],
    ['a forwarded message', 'Yes, gladly.\n\n---------- Forwarded message ---------\nFrom: Bob\n\nShall we?'],
    ['an original message', 'Yes, gladly.\n\n-----Ursprüngliche Nachricht-----\nShall we?'],
    ['a signature', 'Yes, gladly.\n-- \nAnn\nOrchard Ltd.'],
    ['a signature and a quote', 'Yes, gladly.\n\n-- \nAnn\n\nOn 1 Jan 2024, Bob wrote:\n> Shall we?'],
  ])('takes off %s', (_name, text) => {
    expect(ownMailText(text)).toEqual({ text: 'Yes, gladly.', isShortened: true });
  });

  it('keeps own words between the quotes', () => {
    const text = 'Hi Bob,\n\nOn 1 Jan 2024, Bob wrote:\n> Shall we?\nYes.\n> When?\nAt noon.';
    expect(ownMailText(text).text).toBe('Hi Bob,\n\nYes.\nAt noon.');
  });

  it.each([
    'I wrote:\nthe pears are ripe.',
    'From: here to there\nit is far.',
    'Three things:\n- pears\n- apples\n--\nand so on'.replace('--\n', '---\n'),
    `List\n--\n${'line\n'.repeat(30)}end`,
    'She said > 3 pears.\nFine.',
  ])('leaves %j as it is', (text) => {
    expect(ownMailText(text)).toEqual({ text, isShortened: false });
  });

  it('leaves nothing of a message that only passes on another', () => {
    expect(ownMailText('> all quoted\n> words')).toEqual({ text: '', isShortened: true });
    expect(ownMailText('')).toEqual({ text: '', isShortened: false });
  });

  it('adds no word, and is quick on any text', () => {
    const line: fc.Arbitrary<string> = fc.constantFrom(
      '> q',
      'words',
      '',
      '-- ',
      'On 1 Jan 2024 wrote:',
      'From: x',
      'Sent: y',
      'Subject: z',
      ':',
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { text } = ownMailText(lines.join('\n'));
        expect(
          text
            .split('\n')
            .every(
              (each) => each === '' || lines.includes(each) || lines.map((l) => l.trim()).includes(each),
            ),
        ).toBe(true);
      }),
    );
    expect(ownMailText(`${'schrieb @'.repeat(200_000)}:`).text.length).toBeGreaterThan(0);
  });
});

describe('withoutQuotedHtml', () => {
  it.each([
    [
      '<p>Mine.</p><div class="gmail_quote"><div>On … wrote:</div><blockquote>Yours.</blockquote></div>',
      '<p>Mine.</p>',
    ],
    [
      '<p>Mine.</p><blockquote type="cite">Yours.<blockquote type="cite">x</blockquote></blockquote><p>Too.</p>',
      '<p>Mine.</p><p>Too.</p>',
    ],
    ['<p>Mine.</p><div id="appendonsend"></div><hr><div>Yours.</div>', '<p>Mine.</p>'],
    ['<p>Mine.</p><div class="moz-signature">Ann<br>Ltd.</div>', '<p>Mine.</p>'],
    ['<p>Mine.<blockquote>Set off.</blockquote>', '<p>Mine.<blockquote>Set off.</blockquote>'],
    ['<p>Mine.</p><div class="gmail_quote"><p>never closed', '<p>Mine.</p>'],
    ['plain < words', 'plain < words'],
  ])('of %s is %s', (html, own) => {
    expect(withoutQuotedHtml(html)).toBe(own);
  });
});
