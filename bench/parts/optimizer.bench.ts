import { packageInfo } from '../../src/config/index.js';
import type { RunningServer } from '../../src/serve.js';
import { samplePrompts } from '../corpus/prompts.js';
import { type Engine, makeEngine } from '../engine/engine.js';
import { importExamples, startServer } from '../engine/loaded-server.js';
import { withProvider } from '../engine/provider-engine.js';
import { ProviderServer } from '../engine/provider-server.js';
import { QueryClient } from '../engine/query-client.js';
import type { BenchOptions, EngineName } from '../options.js';
import { type Measurement, type Row, rowsFor } from '../report/measurement.js';
import { benchSingleFlight } from './optimizer-flight.bench.js';
import { benchPath } from './optimizer-path.bench.js';
import { benchTimebox, TIMEBOX_MS } from './optimizer-timebox.bench.js';

const PROMPTS = 200;

/** An application whose writer is the stand-in of an API. */
export interface Stage {
  readonly server: RunningServer;
  readonly client: QueryClient;
  readonly stub: ProviderServer;
  readonly prompts: readonly string[];
  readonly row: Row;
}

/** Wall time against critical path, single flight, and timebox, on an API that takes its time. */
export async function benchOptimizer(
  name: EngineName,
  _: string,
  options: BenchOptions,
): Promise<Measurement[]> {
  // All of a hundred requests at once are to be at work, not waiting at the door.
  const patient = { QUERY_MAX_CONCURRENT: '128' };
  const hurried = { OPTIMIZATION_TIMEBOX_MS: String(TIMEBOX_MS) };
  return [
    ...(await onStage(name, options, patient, benchPath)),
    ...(await onStage(name, options, patient, benchSingleFlight)),
    ...(await onStage(name, options, hurried, benchTimebox)),
  ];
}

async function onStage(
  name: EngineName,
  { databaseUrl }: BenchOptions,
  more: Readonly<Record<string, string>>,
  work: (stage: Stage) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const stub = await ProviderServer.start();
  const engine = await makeEngine(name, databaseUrl);
  try {
    const environment = { FEATURE_RESPONSE_OPTIMIZER: 'true', MCG_CACHE_BACKEND: 'memory', ...more };
    return await served(withProvider(engine, stub.baseUrl, environment), stub, work);
  } finally {
    await engine.remove();
    await stub.stop();
  }
}

async function served(
  engine: Engine,
  stub: ProviderServer,
  work: (stage: Stage) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const { root } = packageInfo();
  const server = await startServer(engine);
  try {
    await importExamples(server, root);
    const client = await QueryClient.for(engine, server.url);
    const prompts = samplePrompts(root, PROMPTS);
    return await work({ server, client, stub, prompts, row: rowsFor('optimizer', engine.name) });
  } finally {
    await server.close();
  }
}
