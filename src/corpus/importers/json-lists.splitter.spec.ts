import fc from 'fast-check';
import { splitJsonLists } from './json-lists.splitter.js';

const FORMAT = {
  maxBytes: 1024,
  parse: (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8')),
  isElement: (value: unknown) => typeof value === 'object' && value !== null && 'id' in value,
  lists: ['posts', 'comments'],
};

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function split(text: string, size = 5): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const element of splitJsonLists(pieces(text, size), FORMAT))
    found.push(element.kind === 'value' ? [element.list, element.value] : [element.list, element.reason]);
  return found;
}

describe('splitJsonLists', () => {
  it('reads a bare list, with a byte order mark before and a script’s end behind', async () => {
    expect(await split('\ufeff [1, {"id":[2]} ] ; more();')).toEqual([
      ['', 1],
      ['', { id: [2] }],
    ]);
  });

  it('names the lists of an object and those in objects of it, and passes other values by', async () => {
    const text =
      '{"a":"x]","n":-1.5e3,"t":null,"posts":[{"id":1}],"o":{"p":{"l":[2]},"q":{}},"comments":[3],"e":[]}';
    const expected = [
      ['posts', { id: 1 }],
      ['o.p.l', 2],
      ['comments', 3],
    ];
    for (const size of [1, 3, 1000]) expect(await split(text, size)).toEqual(expected);
  });

  it('tells once of an object that is broken and goes on with the next list that is known', async () => {
    expect(await split('{"profile":{...},"posts":[{"id":1}],"x":oops,"comments":[{"id":2}]}')).toEqual([
      ['', 'invalid'],
      ['posts', { id: 1 }],
      ['', 'invalid'],
      ['comments', { id: 2 }],
    ]);
  });

  it.each(['', '{', '{"a"', '{"a":', '{"posts":[{"id":1}', '[1', '"text', '{"a":1'])(
    'tells of the end that is missing in %s',
    async (text) => {
      expect((await split(text)).at(-1)).toEqual([expect.any(String), 'truncated']);
    },
  );

  it.each(['nonsense', '}', ']', '{1:2}', '{"a" 1}', '{"a":}'])('tells that %s is no JSON', async (text) => {
    expect(await split(text)).toEqual([['', expect.stringMatching(/invalid|truncated/)]]);
  });

  it('reads objects of any depth', async () => {
    const deep = `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`;
    expect(await split(`{"posts":[{"id":${'['.repeat(400)}${']'.repeat(400)}}]}`)).toHaveLength(1);
    expect(await split(`{"deep":${deep},"posts":[{"id":1}]}`)).toEqual([
      ['', 'too_large'],
      ['posts', { id: 1 }],
    ]);
  });

  it('gives what is in every object of lists, and ends whatever it reads', async () => {
    const lists = fc.dictionary(fc.string(), fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(lists, async (object) => {
        const text = JSON.stringify(object);
        const expected = Object.entries(JSON.parse(text) as typeof object).flatMap(([name, list]) =>
          list.map((value) => [name, value]),
        );
        expect(await split(text, 7)).toEqual(expected);
      }),
    );
    const bit = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '"posts":[', '{"id":1}', '\\', '0', ' ');
    await fc.assert(fc.asyncProperty(fc.array(bit), async (bits) => void (await split(bits.join('')))));
  });
});
