import { SearchService } from '../../src/corpus/index.js';
import { GovernanceService } from '../../src/governance/index.js';
import { AskExecutor } from '../../src/pipeline/ask-executor.js';
import { PipelineService } from '../../src/pipeline/pipeline.service.js';
import { RunRepository } from '../../src/pipeline/run.repository.js';
import { ProviderDirectory, WRITER_NAMES } from '../../src/provider/provider-directory.js';
import type { RunningServer } from '../../src/serve.js';
import type { Engine } from '../engine/engine.js';
import { QueryClient } from '../engine/query-client.js';
import { type Measurement, milliseconds } from '../report/measurement.js';
import { quantile, sum } from '../report/statistics.js';
import { Stopwatch } from './stopwatch.js';

const WARM_UP = 20;

const SHARES = ['search', 'provider', 'qa', 'policy', 'journal', 'corridor', 'http'] as const;
type Share = (typeof SHARES)[number];
const LABELS: Readonly<Record<Share, string>> = {
  search: 'search',
  provider: 'analysis: provider',
  qa: 'analysis: QA',
  policy: 'policy decisions',
  journal: 'run and journal writes',
  corridor: 'rest of the run (pack, stages, metadata)',
  http: 'HTTP, token, JSON',
};

/** Governed queries over HTTP, one at a time, and where their time goes. */
export async function benchQuery(
  server: RunningServer,
  engine: Engine,
  corpus: string,
  prompts: readonly string[],
): Promise<Measurement[]> {
  const watch = watched(server);
  const client = await QueryClient.for(engine, server.url);
  for (const prompt of prompts.slice(0, WARM_UP)) await client.ask(prompt);
  const wholeMs: number[] = [];
  const parts: Record<Share, number>[] = [];
  for (const prompt of prompts) {
    watch.reset();
    const passedMs = await client.ask(prompt);
    wholeMs.push(passedMs);
    parts.push(partsOf(watch, passedMs));
  }
  const row = (measure: string, value: string): Measurement => ({
    part: 'query',
    engine: engine.name,
    measure: `${corpus}: ${measure}`,
    value,
  });
  const share = (name: Share) => sum(parts.map((each) => each[name])) / sum(wholeMs);
  return [
    row(`p50 of ${prompts.length} queries`, milliseconds(quantile(wholeMs, 0.5))),
    row(`p95 of ${prompts.length} queries`, milliseconds(quantile(wholeMs, 0.95))),
    ...SHARES.map((name) => row(`share of ${LABELS[name]}`, `${(100 * share(name)).toFixed(1)} %`)),
  ];
}

function watched({ app }: RunningServer): Stopwatch {
  const watch = new Stopwatch();
  const runs = app.get(RunRepository, { strict: false });
  const governance = app.get(GovernanceService, { strict: false });
  const providers = app.get(ProviderDirectory, { strict: false });
  watch.watch(app.get(PipelineService, { strict: false }), 'start', 'run');
  watch.watch(app.get(SearchService, { strict: false }), 'search', 'search');
  watch.watch(app.get(AskExecutor, { strict: false }), 'measure', 'measure');
  watch.watch(governance, 'decide', 'policy');
  // A verdict falls inside a measurement and is taken out of it.
  watch.watch(governance, 'judge', 'judge');
  for (const method of ['create', 'finish']) watch.watch(runs, method, 'journal');
  for (const writer of new Set(WRITER_NAMES.map((name) => providers.writer(name))))
    for (const method of ['generate', 'revise', 'summarize']) watch.watch(writer, method, 'provider');
  return watch;
}

function partsOf(watch: Stopwatch, wholeMs: number): Record<Share, number> {
  const judgeMs = watch.elapsedMs('judge');
  const parts = {
    search: watch.elapsedMs('search'),
    provider: watch.elapsedMs('provider'),
    qa: watch.elapsedMs('measure') - judgeMs,
    policy: watch.elapsedMs('policy') + judgeMs,
    journal: watch.elapsedMs('journal'),
  };
  const runMs = watch.elapsedMs('run');
  return { ...parts, corridor: runMs - sum(Object.values(parts)), http: wholeMs - runMs };
}
