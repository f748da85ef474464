import fc from 'fast-check';
import { withDoubledQuotes, withoutLineQuotes } from './share-quotes.js';

describe('withoutLineQuotes', () => {
  it.each([
    ['One"\n""\n"two', 'One\n\ntwo'],
    ['One"\r\n"two', 'One\ntwo'],
    ['He said "a"\n"b" and went', 'He said "a"\n"b" and went'],
    ['one\n"two"\nthree', 'one\n"two"\nthree'],
    ['one "line"', 'one "line"'],
    ['One"\n"\n"two', 'One\n\ntwo'],
    ['One "a"\n"\n"two', 'One "a"\n\ntwo'],
    ['One\n"\n"two "b"', 'One\n\ntwo "b"'],
    ['He said:\n"a"\n"b"', 'He said:\n"a"\n"b"'],
  ])('reads %j as %j', (text, expected) => {
    expect(withoutLineQuotes(text)).toBe(expected);
  });

  it('takes back the marks around the lines of every text of three lines or more', () => {
    const line = fc.string().map((text) => text.replaceAll(/[\r\n]/g, ' '));
    fc.assert(
      fc.property(fc.array(line, { minLength: 3 }), (lines) => {
        expect(withoutLineQuotes(lines.join('"\n"'))).toBe(lines.join('\n'));
      }),
    );
  });
});

describe('withDoubledQuotes', () => {
  async function rewritten(text: string, size: number): Promise<string> {
    async function* pieces() {
      for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
    }
    let all = '';
    for await (const piece of withDoubledQuotes(pieces())) all += piece;
    return all;
  }

  it('doubles marks behind a back-slash, but not the one that ends a value', async () => {
    const text =
      '2024-01-01 10:00:00,l,"a \\"b\\", c\\""\n2024-01-01 10:00:00,l,"in C:\\"\n2024-01-02 10:00:00,l,"\\"\nx"\n';
    const expected =
      '2024-01-01 10:00:00,l,"a ""b"", c"""\n2024-01-01 10:00:00,l,"in C:\\"\n2024-01-02 10:00:00,l,"""\nx"\n';
    for (const size of [1, 5, 1000]) expect(await rewritten(text, size)).toBe(expected);
  });

  it('leaves every text without such marks as it is, and reads the same in whatever pieces', async () => {
    const text = fc.string({ unit: fc.constantFrom('"', '\\', 'a', '\n', ',', '2024-01-01 ') });
    await fc.assert(
      fc.asyncProperty(text, async (each) => {
        expect(await rewritten(each, 3)).toBe(await rewritten(each, 10_000));
        const plain = each.replaceAll('\\', '');
        expect(await rewritten(plain, 3)).toBe(plain);
      }),
    );
  });
});
