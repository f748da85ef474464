import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { packageInfo } from '../src/config/index.js';
import type { RunningServer } from '../src/serve.js';
import { writeChatExport } from './corpus/chat-export.js';
import { generatedPrompts, samplePrompts } from './corpus/prompts.js';
import { type Engine, makeEngine } from './engine/engine.js';
import { importExamples, importInto, startServer } from './engine/loaded-server.js';
import { type BenchOptions, type EngineName, type Part, readOptions, USAGE } from './options.js';
import { benchCache } from './parts/cache.bench.js';
import { benchCachedQuery } from './parts/cached-query.bench.js';
import { benchDurability } from './parts/durability.bench.js';
import { benchEvents } from './parts/events.bench.js';
import { benchImport } from './parts/import.bench.js';
import { benchMemory } from './parts/memory.bench.js';
import { benchOptimizer } from './parts/optimizer.bench.js';
import { benchProvider } from './parts/provider.js';
import { benchQa } from './parts/qa.bench.js';
import { benchQuery } from './parts/query.bench.js';
import { benchQueue } from './parts/queue.bench.js';
import { benchSearch } from './parts/search.bench.js';
import { benchStart } from './parts/start.bench.js';
import { type Measurement, measurementTable } from './report/measurement.js';

const QUERIES = 200;

type Bench = (engine: EngineName, exportPath: string, options: BenchOptions) => Promise<Measurement[]>;

const { root } = packageInfo();

const BENCHES: readonly (readonly [readonly Part[], Bench])[] = [
  [['import'], benchImport],
  [['search', 'query'], benchLargeCorpus],
  [['query'], benchSampleCorpora],
  [['memory'], benchServerMemory],
  [['start'], (name, _, options) => benchStart(name, options)],
  [['provider'], benchProvider],
  [['qa'], async (name) => benchQa(root, name)],
  [['cached-query'], benchCachedQuery],
  [['optimizer'], benchOptimizer],
  [['cache'], benchCache],
  [['queue'], benchQueue],
  [['durability'], benchDurability],
  [['events'], benchEvents],
];

async function benchLargeCorpus(
  name: EngineName,
  exportPath: string,
  options: BenchOptions,
): Promise<Measurement[]> {
  const { messages, parts, repeats } = options;
  return withServer(name, options, async (server, engine) => {
    await importInto(server, 'personal', exportPath);
    const found = parts.includes('search') ? await benchSearch(server, name, messages, repeats) : [];
    if (!parts.includes('query')) return found;
    const prompts = generatedPrompts(messages, QUERIES);
    return [...found, ...(await benchQuery(server, engine, `${messages} messages`, prompts))];
  });
}

function benchSampleCorpora(name: EngineName, _: string, options: BenchOptions): Promise<Measurement[]> {
  return withServer(name, options, async (server, engine) => {
    await importExamples(server, root);
    return benchQuery(server, engine, 'sample corpora', samplePrompts(root, QUERIES));
  });
}

async function benchServerMemory(
  name: EngineName,
  _: string,
  { databaseUrl }: BenchOptions,
): Promise<Measurement[]> {
  const engine = await makeEngine(name, databaseUrl);
  try {
    return await benchMemory(engine, samplePrompts(root, QUERIES));
  } finally {
    await engine.remove();
  }
}

async function withServer(
  name: EngineName,
  { databaseUrl }: BenchOptions,
  work: (server: RunningServer, engine: Engine) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const engine = await makeEngine(name, databaseUrl);
  try {
    const server = await startServer(engine);
    try {
      return await work(server, engine);
    } finally {
      await server.close();
    }
  } finally {
    await engine.remove();
  }
}

async function run(options: BenchOptions): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'mcg-bench-'));
  const measurements: Measurement[] = [];
  try {
    const exportPath = join(folder, 'conversations.json');
    await writeChatExport(exportPath, options.messages);
    const engines = options.engines.filter((name) => name === 'embedded' || options.databaseUrl !== null);
    for (const name of engines)
      for (const [parts, bench] of BENCHES.filter(([needed]) =>
        needed.some((part) => options.parts.includes(part)),
      )) {
        process.stderr.write(`${name}: ${parts.join(', ')} …\n`);
        measurements.push(...(await bench(name, exportPath, options)));
      }
    process.stdout.write(`${machine(options)}\n\n${measurementTable(measurements)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return measurements.every(({ goal }) => goal?.met !== false);
}

function machine({ messages, repeats, databaseUrl }: BenchOptions): string {
  const processors = cpus();
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  return [
    `node ${process.version}, ${process.platform} ${process.arch}, ${processors.length} cores, ${memoryGb} GB, load ${loadavg()[0]!.toFixed(1)}`,
    `${messages} messages, median of ${repeats} repeats; times hold for this machine and this run only`,
    ...(databaseUrl === null ? ['PostgreSQL left out: no DATABASE_URL and no --database-url'] : []),
  ].join('\n');
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(`${USAGE}\n`);
  else process.exitCode = (await run(options)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
