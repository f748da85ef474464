import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeChatExport } from '../corpus/chat-export.js';
import { ApplicationProcess } from '../engine/application-process.js';
import { type Engine, makeEngine, withEnvironment } from '../engine/engine.js';
import { importInto, startServer } from '../engine/loaded-server.js';
import { QueryClient } from '../engine/query-client.js';
import { atMost, isZero, type Measurement, megabytes, type Row, rowsFor } from '../report/measurement.js';
import { mean } from '../report/statistics.js';
import { answeredOtherwise, type SoakAnswer, SoakLoad } from './soak-load.js';
import { type PressureCount, SoakMonitor, type SoakSample } from './soak-monitor.js';
import { soakPrompts } from './soak-prompts.js';

const MIB = 1024 ** 2;
const LARGEST_GROWTH = 1.05;
/** Share of the limit that V8's old generation may take: with its young one and what is outside of it, it fits. */
const OLD_SPACE_SHARE = 0.7;
const SEMI_SPACE_MB = 16;
const SAMPLED_ANSWERS = 400;
const CALM_WITHIN_MS = 60_000;

export interface SoakOptions {
  readonly queries: number;
  readonly documents: number;
  readonly limitMb: number;
  readonly databaseUrl: string;
}

export interface SoakResult {
  readonly measurements: readonly Measurement[];
  readonly samples: readonly SoakSample[];
}

/** What was seen of a server under load. */
interface Soaked {
  readonly load: SoakLoad;
  readonly samples: readonly SoakSample[];
  readonly pressure: PressureCount | null;
  readonly peakBytes: number | null;
  readonly seconds: number;
}

/** Many different queries at a server with little memory, whose cache fills until there is no more. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const engine = await makeEngine('postgresql', options.databaseUrl);
  try {
    // In this process, so that the server's memory is its own.
    await importDocuments(engine, options.documents);
    const soaked = await soakServer(engine, options);
    const wrong = await comparedWithUncached(engine, soaked.load.sample);
    return { measurements: rowsOf(options, soaked, wrong), samples: soaked.samples };
  } finally {
    await engine.remove();
  }
}

async function importDocuments(engine: Engine, documents: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mcg-soak-'));
  const server = await startServer(engine);
  try {
    const path = join(folder, 'conversations.json');
    await writeChatExport(path, documents);
    await importInto(server, 'personal', path);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function soakServer(engine: Engine, options: SoakOptions): Promise<Soaked> {
  const limited = withEnvironment(engine, {
    FEATURE_RESPONSE_OPTIMIZER: 'true',
    MCG_CACHE_BACKEND: 'memory',
    // Memory is to be what ends the filling, not the cache's own bounds or times.
    MCG_CACHE_MAX_ITEMS: '500000',
    MCG_CACHE_MAX_BYTES: String(16 * 1024 * MIB),
    MCG_CACHE_TTL: '86400',
    OPTIMIZATION_CACHE_TTL_MS: '86400000',
    MEMORY_LIMIT_BYTES: String(options.limitMb * MIB),
  });
  const oldSpaceMb = Math.floor(options.limitMb * OLD_SPACE_SHARE);
  const flags = [`--max-old-space-size=${oldSpaceMb}`, `--max-semi-space-size=${SEMI_SPACE_MB}`];
  const server = await ApplicationProcess.start(limited, flags);
  try {
    return await loaded(server, await QueryClient.for(limited, server.url), options);
  } finally {
    await server.stop();
  }
}

async function loaded(
  server: ApplicationProcess,
  client: QueryClient,
  { documents, queries }: SoakOptions,
): Promise<Soaked> {
  const load = new SoakLoad(client, Math.max(1, Math.floor(queries / SAMPLED_ANSWERS)));
  const monitor = new SoakMonitor(server, client, () => load.answered);
  monitor.start();
  const startedMs = performance.now();
  await load.askAll(soakPrompts(documents, queries));
  const seconds = (performance.now() - startedMs) / 1_000;
  const underLoad = monitor.samples.length;
  const pressure = server.isRunning ? await monitor.untilCalm(CALM_WITHIN_MS) : null;
  const peakBytes = monitor.peakBytes();
  await monitor.stop();
  return { load, pressure, peakBytes, seconds, samples: monitor.samples.slice(0, underLoad) };
}

async function comparedWithUncached(engine: Engine, sample: readonly SoakAnswer[]): Promise<SoakAnswer[]> {
  const uncached = withEnvironment(engine, {
    FEATURE_RESPONSE_OPTIMIZER: 'true',
    OPTIMIZATION_ENABLE_CACHE: 'false',
    MCG_CACHE_BACKEND: 'none',
  });
  const server = await ApplicationProcess.start(uncached);
  try {
    return await answeredOtherwise(await QueryClient.for(uncached, server.url), sample);
  } finally {
    await server.stop();
  }
}

function rowsOf(options: SoakOptions, soaked: Soaked, wrong: readonly SoakAnswer[]): Measurement[] {
  const row = rowsFor('soak', 'postgresql');
  return [...answerRows(options, soaked, wrong, row), ...memoryRows(options, soaked, row)];
}

function answerRows(
  { queries, documents }: SoakOptions,
  { load, seconds }: Soaked,
  wrong: readonly SoakAnswer[],
  row: Row,
): Measurement[] {
  const { sample, levels, answered, held, faults, refused } = load;
  const rate = `${(answered / seconds).toFixed(1)} per s, ${documents} documents`;
  const reused = sample.filter(({ cacheLevel }) => cacheLevel !== null).length;
  const pressed = sample.filter(({ pressure }) => pressure !== null && pressure !== 'ok').length;
  const first = faults[0] === undefined ? '' : `: ${faults[0].slice(0, 120)}`;
  return [
    row(`queries answered (${rate}; held for a person: ${held})`, { value: String(answered) }),
    row('queries answered from a kept answer', { value: String(levels.get('answer') ?? 0) }),
    row('queries that used kept results', { value: String(levels.get('operations') ?? 0) }),
    row('refused with 503 and repeated after Retry-After', { value: String(refused) }),
    row('refused without Retry-After', isZero(load.refusedWithoutTime)),
    row(`of ${queries} queries, those that ended otherwise${first}`, isZero(queries - answered)),
    row(
      `sampled answers other than without a cache (of ${sample.length}; ${reused} with kept parts, ${pressed} under pressure)`,
      isZero(wrong.length),
    ),
  ];
}

function memoryRows(
  { limitMb }: SoakOptions,
  { samples, pressure, peakBytes }: Soaked,
  row: Row,
): Measurement[] {
  const bytes = (from: number, to: number) =>
    mean(samples.slice(samples.length * from, samples.length * to).map(({ rssBytes }) => rssBytes));
  const [third, last] = [bytes(0.5, 0.75), bytes(0.75, 1)];
  const share = (level: string) =>
    (100 * samples.filter((sample) => sample.pressure === level).length) / samples.length;
  const shares = `warn ${share('warn').toFixed(0)} %, limit ${share('limit').toFixed(0)} % of the time`;
  const most = megabytes(Math.max(...samples.map(({ cacheBytes }) => cacheBytes)));
  const times = (count: number): Pick<Measurement, 'value' | 'goal'> => ({
    value: String(count),
    goal: { text: '≥ 1', met: count >= 1 },
  });
  return [
    row('the server ended by itself', isZero(pressure === null ? 1 : 0)),
    row(
      `RSS of the last / third quarter (${megabytes(last)} / ${megabytes(third)})`,
      atMost(LARGEST_GROWTH, last / third),
    ),
    ...(peakBytes === null
      ? []
      : [
          row(
            `largest RSS / limit (${megabytes(peakBytes)} / ${limitMb} MB; most in the cache: ${most})`,
            atMost(1, peakBytes / (limitMb * MIB)),
          ),
        ]),
    row(
      `pressure entered (${shares}; ${pressure?.collections ?? 0} collections)`,
      times(pressure?.entered ?? 0),
    ),
    row('pressure left', times(pressure?.left ?? 0)),
  ];
}
