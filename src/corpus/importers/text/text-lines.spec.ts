import fc from 'fast-check';
import { textLines } from './text-lines.js';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function linesOf(text: string, size = 3, maxChars = 1_000) {
  const lines: (string | null)[] = [];
  for await (const line of textLines(pieces(text, size), maxChars)) lines.push(line);
  return lines;
}

describe('textLines', () => {
  it('gives each line, whatever pieces they come in', async () => {
    const sign = fc.constantFrom('a', '\n', '\r', '\u2028');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: sign }), fc.integer({ min: 1, max: 5 }), async (text, size) => {
        const lines = text.split('\n');
        if (lines.at(-1) === '') lines.pop();
        expect(await linesOf(text, size)).toEqual(lines);
      }),
    );
  });

  it('drops a line that is too long, and reads on', async () => {
    expect(await linesOf('a\nbbbbbbbb\nc', 3, 5)).toEqual(['a', null, 'c']);
    expect(await linesOf('a\nbbbbbbbb', 3, 5)).toEqual(['a', null]);
  });
});
