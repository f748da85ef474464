import fc from 'fast-check';
import { CACHE_NAMESPACES, type Cache, type CacheNamespace } from '../../src/cache/index.js';

/** A cache with what a test needs around it; its default time is 60 s and its largest value 16 KiB. */
export interface CacheUnderTest {
  readonly cache: Cache;
  /** Lets that much time go by, by the clocks that this cache keeps to. */
  passMs(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export const CONTRACT_SETTINGS = { ttlMs: 60_000, maxItems: 10_000, maxBytes: 64 * 1024, compress: false };
/** Short for a Redis that really has to wait, long for a busy machine between two calls. */
const SHORT_MS = 400;

const asString = (found: unknown): string => {
  if (typeof found !== 'string') throw new Error('not a string');
  return found;
};
const asItIs = (found: unknown): unknown => found;
const strangeKeys = [
  '',
  ':',
  'a:b',
  'answers:a',
  '\ud800',
  '\ud801',
  '\u0000',
  'ä'.repeat(5_000),
  '__proto__',
];

/** What every cache must do. */
export function describeCache(name: string, open: () => Promise<CacheUnderTest>): void {
  describe(`the cache on ${name}`, () => {
    let subject: CacheUnderTest;
    let cache: Cache;

    beforeEach(async () => {
      subject = await open();
      cache = subject.cache;
    });

    afterEach(async () => {
      await subject?.close();
    });

    it('misses what was never set', async () => {
      expect(await cache.get('answers', 'a', asItIs)).toBeNull();
    });

    it('gives back what was set, as JSON has it, and frozen', async () => {
      const given = { text: 'ä\ud83d\ude00', at: new Date(0), none: undefined, list: [1, { two: 2 }] };
      await cache.set('answers', 'a', given);
      given.list.length = 0;
      for (let time = 0; time < 2; time++) {
        const found = (await cache.get('answers', 'a', asItIs)) as { list: object[] };
        expect(found).toEqual({
          text: 'ä\ud83d\ude00',
          at: '1970-01-01T00:00:00.000Z',
          list: [1, { two: 2 }],
        });
        expect(Object.isFrozen(found) && Object.isFrozen(found.list) && Object.isFrozen(found.list[1])).toBe(
          true,
        );
      }
    });

    it('keeps the last value of a key', async () => {
      await cache.set('answers', 'a', 'one');
      await cache.set('answers', 'a', 'two');
      expect(await cache.get('answers', 'a', asString)).toBe('two');
    });

    it('keeps namespaces and keys apart, whatever the keys hold', async () => {
      const all = CACHE_NAMESPACES.flatMap((namespace) => strangeKeys.map((key) => ({ namespace, key })));
      for (const { namespace, key } of all) await cache.set(namespace, key, `${namespace}/${spelled(key)}`);
      for (const { namespace, key } of all)
        expect(await cache.get(namespace, key, asString)).toBe(`${namespace}/${spelled(key)}`);
    });

    it('deletes one key', async () => {
      await cache.set('answers', 'a', 'one');
      await cache.set('answers', 'b', 'two');
      await cache.delete('answers', 'a');
      await cache.delete('answers', 'never');
      expect(await cache.get('answers', 'a', asString)).toBeNull();
      expect(await cache.get('answers', 'b', asString)).toBe('two');
    });

    it('clears one namespace, and keeps what is set after', async () => {
      await cache.set('answers', 'a', 'one');
      await cache.set('answers', 'b', 'two');
      await cache.set('voices', 'a', 'three');
      await cache.clear('answers');
      expect(await cache.get('answers', 'a', asString)).toBeNull();
      expect(await cache.get('voices', 'a', asString)).toBe('three');
      await cache.set('answers', 'b', 'four');
      expect(await cache.get('answers', 'b', asString)).toBe('four');
      expect(await cache.get('answers', 'a', asString)).toBeNull();
    });

    it('serves each entry for its own time', async () => {
      await cache.set('answers', 'short', 'one', SHORT_MS);
      await cache.set('answers', 'long', 'two', 100 * SHORT_MS);
      await cache.set('answers', 'usual', 'three');
      expect(await cache.get('answers', 'short', asString)).toBe('one');
      await subject.passMs(SHORT_MS);
      expect(await cache.get('answers', 'short', asString)).toBeNull();
      expect(await cache.get('answers', 'long', asString)).toBe('two');
      expect(await cache.get('answers', 'usual', asString)).toBe('three');
    });

    it('does not prolong the time of an entry that is read', async () => {
      await cache.set('answers', 'a', 'one', SHORT_MS);
      await subject.passMs(SHORT_MS / 4);
      await cache.get('answers', 'a', asString);
      await cache.get('answers', 'a', asString);
      await subject.passMs((SHORT_MS * 3) / 4);
      expect(await cache.get('answers', 'a', asString)).toBeNull();
    });

    it.each([0, -1, Number.NEGATIVE_INFINITY, Number.NaN])(
      'keeps nothing for %d ms, not even what was there',
      async (ttlMs) => {
        await cache.set('answers', 'new', 'one', ttlMs);
        expect(await cache.get('answers', 'new', asString)).toBeNull();
        await cache.set('answers', 'old', 'one');
        await cache.set('answers', 'old', 'two', ttlMs);
        expect(await cache.get('answers', 'old', asString)).toBeNull();
      },
    );

    it('takes an endless time for a long one', async () => {
      await cache.set('answers', 'a', 'one', Number.POSITIVE_INFINITY);
      expect(await cache.get('answers', 'a', asString)).toBe('one');
    });

    it('misses what the reader does not take', async () => {
      await cache.set('answers', 'a', { not: 'a string' });
      expect(await cache.get('answers', 'a', asString)).toBeNull();
    });

    it('keeps nothing that has no JSON form, and does not fail', async () => {
      const circular: { self?: unknown } = {};
      circular.self = circular;
      for (const value of [undefined, 1n, circular, () => 1]) {
        await cache.set('answers', 'a', 'before');
        await cache.set('answers', 'a', value);
        expect(await cache.get('answers', 'a', asItIs)).toBeNull();
      }
    });

    it('keeps no value that is too large, nor what it would have replaced', async () => {
      await cache.set('answers', 'a', 'x'.repeat(15 * 1024));
      expect(await cache.get('answers', 'a', asString)).toHaveLength(15 * 1024);
      await cache.set('answers', 'a', 'x'.repeat(17 * 1024));
      expect(await cache.get('answers', 'a', asString)).toBeNull();
    });

    it('counts hits and misses', async () => {
      await cache.set('searches', 'a', 'one');
      await cache.get('searches', 'a', asString);
      await cache.get('searches', 'b', asString);
      const figures = cache.figures().filter(({ namespace }) => namespace === 'searches');
      expect(figures.reduce((sum, { hits }) => sum + hits, 0)).toBe(1);
      expect(figures.reduce((sum, { misses }) => sum + misses, 0)).toBeGreaterThanOrEqual(1);
    });

    it('does as a map would, one act after the other', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
          for (const namespace of USED) await cache.clear(namespace);
          const model = new Map<string, string>();
          for (const each of acts) {
            await perform(cache, each);
            remember(model, each);
            const found = await cache.get(each.namespace, each.key, asString);
            expect(found).toBe(model.get(`${each.namespace} ${each.key}`) ?? null);
          }
        }),
        { numRuns: 25 },
      );
    });

    it('never mixes up values when acts overlap, and is right again when they are over', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 60 }), async (acts) => {
          const answers = await Promise.all(acts.map((each) => perform(cache, each)));
          answers.forEach((found, index) => {
            if (found === null) return;
            const { namespace, key } = acts[index]!;
            const isOwn = acts.some(
              (each) => each.kind === 'set' && each.namespace === namespace && textOf(each) === found,
            );
            expect(isOwn && found.startsWith(`${namespace} ${key} `)).toBe(true);
          });
          for (const namespace of USED) await cache.clear(namespace);
          for (const { namespace, key } of acts) expect(await cache.get(namespace, key, asString)).toBeNull();
        }),
        { numRuns: 25 },
      );
    });
  });
}

interface Act {
  readonly kind: 'set' | 'get' | 'delete' | 'clear';
  readonly namespace: CacheNamespace;
  readonly key: string;
  readonly value: number;
}
const USED = ['answers', 'voices'] as const;
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom<Act['kind']>('set', 'set', 'set', 'get', 'get', 'delete', 'clear'),
  namespace: fc.constantFrom(...USED),
  key: fc.constantFrom('a', 'b', 'c'),
  value: fc.nat(1_000),
});

const textOf = ({ namespace, key, value }: Act): string => `${namespace} ${key} ${value}`;

async function perform(cache: Cache, { kind, ...rest }: Act): Promise<string | null> {
  const { namespace, key } = rest;
  if (kind === 'get') return cache.get(namespace, key, asString);
  if (kind === 'set') await cache.set(namespace, key, textOf({ kind, ...rest }));
  else if (kind === 'delete') await cache.delete(namespace, key);
  else await cache.clear(namespace);
  return null;
}

function remember(model: Map<string, string>, each: Act): void {
  const name = `${each.namespace} ${each.key}`;
  if (each.kind === 'set') model.set(name, textOf(each));
  else if (each.kind === 'delete') model.delete(name);
  else if (each.kind === 'clear')
    for (const known of [...model.keys()]) if (known.startsWith(`${each.namespace} `)) model.delete(known);
}

/** Makes lone surrogates tell themselves apart in what is stored. */
function spelled(key: string): string {
  return [...key.slice(0, 20)].map((character) => character.codePointAt(0)!.toString(16)).join('.');
}
