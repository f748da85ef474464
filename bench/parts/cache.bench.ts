import { LRUCache } from 'lru-cache';
import { Cache } from '../../src/cache/index.js';
import { sha256Hex } from '../../src/shared/index.js';
import { Random } from '../corpus/random.js';
import { Vocabulary } from '../corpus/vocabulary.js';
import { makeEngine, withEnvironment } from '../engine/engine.js';
import { startServer } from '../engine/loaded-server.js';
import type { BenchOptions, EngineName } from '../options.js';
import { type Measurement, rowsFor } from '../report/measurement.js';
import { median } from '../report/statistics.js';

const MAX_ITEMS = 10_000;
const MAX_BYTES = 64 * 1024 ** 2;
/** Twice what there is room for: half of the look-ups are misses. */
const KEYS = 2 * MAX_ITEMS;
const WORDS = 100;
const WARM_UPS = 2;

/** The value that both keep, and the bytes that bare `lru-cache` is told; the application counts them itself. */
interface Value {
  readonly text: string;
  readonly sources: readonly string[];
}

interface Operations {
  set(key: string, value: Value): unknown;
  get(key: string): unknown;
}

const WAYS = ['cache', 'local', 'bare'] as const;
type Way = (typeof WAYS)[number];
type Times = Readonly<Record<'set' | 'get', Record<Way, number>>>;

/** Set and get in the memory tier of the application's cache, against `lru-cache` with the same bounds. */
export async function benchCache(
  name: EngineName,
  _: string,
  { databaseUrl, repeats, engines }: BenchOptions,
): Promise<Measurement[]> {
  // The database has no part in it: one engine is enough.
  if (name !== engines.at(-1)) return [];
  const engine = withEnvironment(await makeEngine(name, databaseUrl), {
    MCG_CACHE_BACKEND: 'memory',
    MCG_CACHE_MAX_ITEMS: String(MAX_ITEMS),
    MCG_CACHE_MAX_BYTES: String(MAX_BYTES),
  });
  try {
    const server = await startServer(engine);
    try {
      const ways = waysOf(server.app.get(Cache, { strict: false }));
      const entries = Array.from(
        { length: KEYS },
        (_each, index) => [sha256Hex(String(index)), entryValue(index)] as const,
      );
      for (let i = 0; i < WARM_UPS; i++) await timesOf(ways, entries, i);
      const rounds: Times[] = [];
      for (let i = 0; i < repeats; i++) rounds.push(await timesOf(ways, entries, i));
      return rowsOf(name, rounds);
    } finally {
      await server.close();
    }
  } finally {
    await engine.remove();
  }
}

function waysOf(cache: Cache): Readonly<Record<Way, Operations>> {
  const bare = new LRUCache<string, Value>({
    max: MAX_ITEMS,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ text, sources }) => text.length + 64 * sources.length,
  });
  const local = cache.local('decisions');
  return {
    cache: {
      set: (key, value) => cache.set('responses', key, value, 600_000),
      get: (key) => cache.get('responses', key, (found) => found),
    },
    local: {
      set: (key, value) => local.set(key, value, 600_000),
      get: (key) => local.get(key),
    },
    bare: { set: (key, value) => bare.set(key, value), get: (key) => bare.get(key) },
  };
}

/** The ways take turns, each first as often as the others. Milliseconds. */
async function timesOf(
  ways: Readonly<Record<Way, Operations>>,
  entries: readonly (readonly [string, Value])[],
  round: number,
): Promise<Times> {
  const times = { set: { cache: 0, local: 0, bare: 0 }, get: { cache: 0, local: 0, bare: 0 } };
  for (let turn = 0; turn < WAYS.length; turn++) {
    const way = WAYS[(round + turn) % WAYS.length]!;
    const operations = ways[way];
    times.set[way] = await elapsedMs(entries, ([key, value]) => operations.set(key, value));
    times.get[way] = await elapsedMs(entries, ([key]) => operations.get(key));
  }
  return times;
}

async function elapsedMs<T>(items: readonly T[], work: (item: T) => unknown): Promise<number> {
  const startedMs = performance.now();
  for (const item of items) {
    const result = work(item);
    if (result instanceof Promise) await result;
  }
  return performance.now() - startedMs;
}

function rowsOf(engine: EngineName, rounds: readonly Times[]): Measurement[] {
  const row = rowsFor('cache', engine);
  const names = { cache: 'Cache', local: 'Cache.local' };
  return (['set', 'get'] as const).flatMap((operation) =>
    (['cache', 'local'] as const).map((way) => {
      const rate = (each: Way) =>
        `${Math.round(KEYS / median(rounds.map((times) => times[operation][each]))).toLocaleString('en')}`;
      const ratio = median(rounds.map((times) => times[operation].bare / times[operation][way]));
      const rates = `${rate(way)} / ${rate('bare')} per ms`;
      return row(`${operation}: ${names[way]} / bare lru-cache (${rates})`, { value: ratio.toPrecision(2) });
    }),
  );
}

function entryValue(index: number): Value {
  const random = new Random(index);
  const text = Array.from({ length: WORDS }, () => vocabulary.ranked(random, 0, 3_000)).join(' ');
  return { text, sources: Array.from({ length: 5 }, (_, source) => sha256Hex(`${index}/${source}`)) };
}

const vocabulary = new Vocabulary();
