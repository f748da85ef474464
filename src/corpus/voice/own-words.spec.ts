import { ownWordsOf } from './own-words.js';

describe('ownWordsOf', () => {
  it('leaves out quoted lines and fenced code', () => {
    const text = [
      'What do you think of this?',
      '> It was the best of times,',
      '  > it was the worst of times.',
      'I rather like it.',
      '```ts',
      'const frost = true;',
      '> not a quote',
      '```',
      'And this?',
      '~~~',
      'code without an end',
    ].join('\n');
    expect(ownWordsOf(text)).toBe('What do you think of this?\nI rather like it.\nAnd this?');
  });

  it.each(['', 'One line.', 'Two lines,\r\nand 3 > 2.', 'a `word` of code', 'x\n\n\ny'])(
    'leaves %j as it is',
    (text) => {
      expect(ownWordsOf(text)).toBe(text);
    },
  );
});
