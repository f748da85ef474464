import { plainText } from './cited-text.js';

const sentence = (text: string, paragraph: number) => ({ text, paragraph, snippetIds: [] });

describe('plainText', () => {
  it('parts sentences by a space and paragraphs by an empty line', () => {
    const text = [sentence('One.', 0), sentence('Two.', 0), sentence('Three.', 1), sentence('Four.', 5)];
    expect(plainText(text)).toBe('One. Two.\n\nThree.\n\nFour.');
  });

  it('gives nothing for nothing', () => {
    expect(plainText([])).toBe('');
  });
});
