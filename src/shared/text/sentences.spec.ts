import fc from 'fast-check';
import { splitSentences } from './sentences.js';

function sentencesOf(text: string): string[] {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end));
}

describe('splitSentences', () => {
  it.each([
    ['One. Two! Three? Four… Five', ['One.', 'Two!', 'Three?', 'Four…', 'Five']],
    ['She said "Stop." Then she left.', ['She said "Stop."', 'Then she left.']],
    ['Really?! Yes.', ['Really?!', 'Yes.']],
    ['It was **bold.** Next.', ['It was **bold.**', 'Next.']],
  ])('ends a sentence at its mark and closing quotes: %s', (text, expected) => {
    expect(sentencesOf(text)).toEqual(expected);
  });

  it.each([
    'Dr. Grey met Mrs. Lund at 5 p.m. on Friday.',
    'See fig. 3 and vol. 2, e.g. the map.',
    'J. K. Rowling wrote it.',
    'It costs 3.50 euros, i.e. little.',
    'Read https://example.org/a.b?c=d first.',
    'Use v1.2.3 of it.',
  ])('does not end a sentence inside: %s', (text) => {
    expect(sentencesOf(text)).toEqual([text]);
  });

  it('ends a sentence with the pronoun I, unlike an initial', () => {
    expect(sentencesOf('So do I. Good.')).toEqual(['So do I.', 'Good.']);
  });

  it('ends a sentence before a small letter where the whole text has no capital', () => {
    expect(sentencesOf('i went home. it was late, approx. nine.')).toEqual([
      'i went home.',
      'it was late, approx. nine.',
    ]);
    expect(sentencesOf('Bring jam etc. and tea. She said v. good. or so')).toEqual([
      'Bring jam etc. and tea.',
      'She said v. good. or so',
    ]);
  });

  it('keeps list items, headings and short lines apart', () => {
    const text = '# Plan\n- buy seeds\n- call Anna\n1. First step\n2) Second step\n> quoted\nLast line';
    expect(sentencesOf(text)).toEqual([
      '# Plan',
      '- buy seeds',
      '- call Anna',
      '1. First step',
      '2) Second step',
      '> quoted',
      'Last line',
    ]);
  });

  it('joins prose that was wrapped by hand, up to the next list or empty line', () => {
    const wrapped = 'The orchard on the southern slope was planted by a neighbour who\nmoved away in spring.';
    expect(sentencesOf(wrapped)).toEqual([wrapped]);
    const line = wrapped.split('\n')[0]!;
    expect(sentencesOf(`${line}\n- an item`)).toEqual([line, '- an item']);
    expect(sentencesOf(`${line}\n\nmoved away.`)).toEqual([line, 'moved away.']);
  });

  it('splits at full-width marks, which no space follows', () => {
    expect(sentencesOf('今日は雨です。明日は晴れます！本当？はい')).toEqual([
      '今日は雨です。',
      '明日は晴れます！',
      '本当？',
      'はい',
    ]);
  });

  it('leaves out what holds no letter and no digit', () => {
    expect(sentencesOf('---\n***\n… !\n')).toEqual([]);
    expect(sentencesOf('')).toEqual([]);
  });

  it('takes one pass over a long run of marks', () => {
    const text = `${'.'.repeat(200_000)}x`;
    expect(splitSentences(text)).toEqual([{ start: 0, end: text.length }]);
  });

  it('gives spans that are ordered, disjoint, trimmed and hold every letter and digit', () => {
    const piece = fc.constantFrom(
      'Dr.',
      'e.g.',
      '. ',
      '! ',
      '?"',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '。',
      'word ',
      'Word ',
      'é',
      '😀',
      '\t',
      'x'.repeat(60),
    );
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        let from = 0;
        let covered = '';
        for (const { start, end } of splitSentences(text)) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          covered += text.slice(start, end);
          from = end;
        }
        const words = (each: string) => each.match(/[\p{L}\p{N}]/gu)?.join('');
        expect(words(covered)).toBe(words(text));
      }),
    );
  });
});
