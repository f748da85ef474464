import fc from 'fast-check';
import { type ArrayElement, splitJsonArray } from './json-array.splitter.js';

const FORMAT = {
  maxBytes: 4096,
  parse: (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8')),
  isElement: (value: unknown) => typeof value === 'object' && value !== null && 'mapping' in value,
};

async function split(
  text: string | Buffer,
  chunkBytes = 7,
  format = FORMAT,
): Promise<ArrayElement<unknown>[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text as string);
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const found: ArrayElement<unknown>[] = [];
  for await (const element of splitJsonArray(chunks(), format)) found.push(element);
  return found;
}

function summary(elements: readonly ArrayElement<unknown>[]): unknown[] {
  return elements.map((e) => (e.kind === 'value' ? e.value : [e.index, e.reason]));
}

const element = (id: string) => ({ id, mapping: { a: { list: [{ x: 1 }, { y: '}{][",\\' }] } } });
const json = (id: string) => JSON.stringify(element(id));

describe('splitJsonArray', () => {
  it('gives the elements that JSON.parse gives, for any array, spacing and chunk size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1, '\t', '\r\n'),
        async (values, chunkBytes, spacing) => {
          const text = JSON.stringify(values, null, spacing);
          const elements = await split(text, chunkBytes, { ...FORMAT, maxBytes: 1 << 20 });
          expect(elements.every((e) => e.kind === 'value')).toBe(true);
          expect(summary(elements)).toEqual(JSON.parse(text));
          expect(elements.map((e) => e.index)).toEqual(values.map((_, i) => i));
        },
      ),
    );
  });

  it('takes a byte order mark, a single object and an empty array', async () => {
    expect(summary(await split(`\uFEFF \n[${json('a')}]\n`))).toEqual([element('a')]);
    expect(summary(await split(` ${json('a')} `))).toEqual([element('a')]);
    expect(await split('[]')).toEqual([]);
  });

  it('keeps characters whole that chunks cut', async () => {
    expect(summary(await split('["žluťoučký 🐎 \\u0000 \\ud83d"]', 1))).toEqual([
      expect.stringContaining('žluťoučký 🐎'),
    ]);
  });

  it.each([
    ['a wrong word', '{"id": nope, "mapping": {}}'],
    ['a lost quotation mark', '{"id": "b, "mapping": {"k": "v"}}'],
    ['a lost closing brace', '{"id": "b", "mapping": {"k": {"v": 1}'],
    ['a closing brace too many', '{"id": "b"}}, "mapping": {}}'],
    ['a cut in the middle', '{"id": "b", "mapping": {"k": {"text": "half a sen'],
    ['a lost comma inside', '{"id": "b" "mapping": {}}'],
  ])('reports one element with %s and goes on behind it', async (_name, text) => {
    for (const chunkBytes of [1, 13, 1000]) {
      const elements = await split(`[${json('a')},\n${text},\n${json('c')},${json('d')}]`, chunkBytes);
      expect(elements.filter((e) => e.kind === 'broken').map((e) => e.index)).toEqual([1]);
      expect(elements.filter((e) => e.kind === 'value').map((e) => e.value)).toEqual(
        ['a', 'c', 'd'].map(element),
      );
    }
  });

  it('counts two broken neighbours as two', async () => {
    const elements = await split(`[{"id": x},{"id": y},${json('c')}]`);
    expect(summary(elements)).toEqual([[0, 'invalid'], [1, 'invalid'], element('c')]);
  });

  it('skips an element over the limit and never takes a nested object for the next one', async () => {
    const big = JSON.stringify({
      mapping: { wrap: { mapping: {} }, list: [{ a: 1 }, { b: 'x'.repeat(5000) }, { c: [{}, { d: 2 }] }] },
    });
    expect(summary(await split(`[${json('a')},${big},${json('c')}]`, 100))).toEqual([
      element('a'),
      [1, 'too_large'],
      element('c'),
    ]);
  });

  it.each([1, 30, 60])(
    'reports where a file was cut, after all that stands before (%d bytes missing)',
    async (cut) => {
      const whole = `[${json('a')},${json('b')}]`;
      const elements = await split(whole.slice(0, -cut));
      expect(elements.at(-1)).toMatchObject({ kind: 'broken', reason: 'truncated' });
      expect(elements[0]).toMatchObject({ kind: 'value', value: element('a') });
    },
  );

  it('gives up a search that would read the same bytes over and over', async () => {
    const hostile = '{"mapping":1,'.repeat(20_000);
    const elements = await split(`[${hostile},${json('c')}]`, 65_536);
    expect(elements.map((e) => e.kind)).toEqual(['broken']);
  });

  it('keeps the text of a broken element out of its report', async () => {
    const report = JSON.stringify(await split('[{"secret words" 5}, {"another secret": zzz}]'));
    expect(report).not.toContain('secret');
  });
});
