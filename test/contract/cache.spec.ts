import { NoCache } from '../../src/cache/no-cache.js';
import { MovedClock, openCache } from '../support/open-cache.js';
import { type CacheUnderTest, CONTRACT_SETTINGS, describeCache } from './cache.contract.js';

async function openInMemory(compress: boolean): Promise<CacheUnderTest> {
  const clock = new MovedClock();
  const { cache, close } = openCache({
    config: { ...CONTRACT_SETTINGS, backend: 'memory', compress },
    clock,
  });
  const passMs = async (milliseconds: number) => {
    clock.goneMs += milliseconds;
    // What must not matter: the wall clock runs backwards.
    clock.wallMs -= 10 * milliseconds;
  };
  return { cache, passMs, close };
}

describeCache('memory', () => openInMemory(false));
describeCache('memory with compression', () => openInMemory(true));

describe('no cache', () => {
  it('misses everything and has no figures', async () => {
    const cache = new NoCache();
    await cache.set();
    expect(await cache.get()).toBeNull();
    await cache.delete();
    expect(await cache.clear()).toBe(0);
    const local = cache.local();
    local.set('a', 1);
    expect(local.get('a')).toBeNull();
    expect(cache.figures()).toEqual([]);
  });
});
