import fc from 'fast-check';
import { anOptimizer } from '../../test/support/optimizer-values.js';

const TTL = 1_000;
const text = (found: unknown) => {
  if (typeof found !== 'string') throw new TypeError('not a text');
  return found;
};

describe('ResponseStore', () => {
  it('gives back what was kept, for its time, and longer for who would have nothing else', async () => {
    const { responses, clock } = anOptimizer({ cacheTtlMs: TTL });
    await responses.keep('k', 'text', 1);
    const at = async (milliseconds: number) => {
      clock.advance(milliseconds - clock.goneMs);
      return [await responses.find('k', text, 'fresh', 1), await responses.find('k', text, 'grace', 1)];
    };
    const found = { value: 'text' };
    expect(await at(0)).toEqual([found, found]);
    expect(await at(TTL - 1)).toEqual([found, found]);
    expect(await at(TTL)).toEqual([null, found]);
    expect(await at(4 * TTL - 1)).toEqual([null, found]);
    expect(await at(4 * TTL)).toEqual([null, null]);
  });

  it('asks the cache to keep it no longer than the grace time', async () => {
    const { responses, cache } = anOptimizer({ cacheTtlMs: TTL });
    await responses.keep('k', 'text', 1);
    expect(cache.ttls.get('k')).toBe(4 * TTL);
  });

  it('never takes what is older than its time or from the future, wherever the wall clock goes', async () => {
    const jump = fc.integer({ min: -10 * TTL, max: 10 * TTL });
    const property = fc.asyncProperty(jump, fc.constantFrom('fresh', 'grace'), async (ageMs, horizon) => {
      const { responses, clock } = anOptimizer({ cacheTtlMs: TTL });
      await responses.keep('k', 'text', 1);
      clock.wallMs += ageMs;
      const isYoung = ageMs >= 0 && ageMs < (horizon === 'fresh' ? TTL : 4 * TTL);
      expect((await responses.find('k', text, horizon, 1)) !== null).toBe(isYoung);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it.each([
    ['foreign', '"text"'],
    ['without its time', '{"value":"text","candidates":1}'],
    ['with a time that is none', '{"value":"text","candidates":1,"storedAtMs":"soon"}'],
    ['without its candidates', '{"value":"text","storedAtMs":1}'],
    ['of another kind', `{"value":7,"candidates":1,"storedAtMs":${Date.UTC(2026, 10, 22)}}`],
    ['nothing', 'null'],
    ['no JSON', '{'],
  ])('takes no entry that is %s', async (_what, entry) => {
    const { responses, cache } = anOptimizer();
    cache.entries.set('k', entry);
    expect(await responses.find('k', text, 'grace', 1)).toBeNull();
  });

  it('finds the best of several for who wants fewer, not the other way round', async () => {
    const { responses } = anOptimizer();
    await responses.keep('k', 'text', 2);
    expect(await responses.find('k', text, 'fresh', 1)).not.toBeNull();
    expect(await responses.find('k', text, 'fresh', 2)).not.toBeNull();
    expect(await responses.find('k', text, 'fresh', 3)).toBeNull();
  });

  it.each([
    ['without a cache', { cacheEnabled: false }],
    ['without a time', { cacheTtlMs: 0 }],
  ])('neither reads nor writes %s', async (_what, settings) => {
    const { responses, cache } = anOptimizer(settings);
    await responses.keep('k', 'text', 1);
    await responses.find('k', text, 'grace', 1);
    expect([cache.entries.size, cache.reads]).toEqual([0, 0]);
  });

  it("is passed by at the memory's limit, and comes back", async () => {
    const { responses, cache, levers } = anOptimizer();
    await responses.keep('k', 'text', 1);
    levers.pressure = 'limit';
    await responses.keep('other', 'text', 1);
    expect(await responses.find('k', text, 'grace', 1)).toBeNull();
    expect([cache.entries.size, cache.reads]).toEqual([1, 0]);
    levers.pressure = 'warn';
    expect(await responses.find('k', text, 'fresh', 1)).not.toBeNull();
  });
});
