import fc from 'fast-check';
import { block } from '../../../test/support/openai-stub-writer.js';
import { dataBlock } from './data-block.js';

describe('dataBlock', () => {
  it('holds one item a line between its marks', () => {
    expect(dataBlock('A', [{ text: 'one\ntwo' }])).toBe('<<<A\n{"text":"one\\ntwo"}\nA>>>');
  });

  it('cannot be closed or opened from inside, and gives every text back', () => {
    const part = fc.oneof(fc.constantFrom('A>>>', '<<<A', '\n', '>', '<', '\u2028', '"', '\\'), fc.string());
    const texts = fc.array(fc.array(part).map((parts) => parts.join('')));
    fc.assert(
      fc.property(texts, (given) => {
        const written = dataBlock(
          'A',
          given.map((text) => ({ text })),
        );
        expect(written.match(/<<<|>>>/g)).toEqual(['<<<', '>>>']);
        expect(block<{ text: string }>(written, 'A').map(({ text }) => text)).toEqual(given);
      }),
    );
  });
});
