import type { DataSource, EntityManager } from 'typeorm';
import type { VoiceProfiles } from '../../src/corpus/index.js';
import { LocalNotifications } from '../../src/database/local-notifications.js';
import { GovernanceService, PostgresBudgetLedger, SpendLimits } from '../../src/governance/index.js';
import { OrphanService } from '../../src/pipeline/orphan.service.js';
import { type QueuedRun, RunQueue } from '../../src/pipeline/queue/run-queue.port.js';
import { RecoveryRecord } from '../../src/pipeline/recovery-record.js';
import { RunFactory } from '../../src/pipeline/run.factory.js';
import { RunRepository } from '../../src/pipeline/run.repository.js';
import { RunService } from '../../src/pipeline/run.service.js';
import { RunClaimRepository } from '../../src/pipeline/run-claim.repository.js';
import { RunLeaseService } from '../../src/pipeline/run-lease.service.js';
import type { NewRun } from '../../src/pipeline/run-record.js';
import { RunRecorder } from '../../src/pipeline/run-recorder.service.js';
import { RunResumption } from '../../src/pipeline/run-resumption.js';
import { RunTrailRepository } from '../../src/pipeline/run-trail.repository.js';
import { RunWorker } from '../../src/pipeline/run-worker.service.js';
import { ProviderDirectory } from '../../src/provider/index.js';
import { SystemClock, SystemIds } from '../../src/shared/index.js';
import { Metrics } from '../../src/telemetry/index.js';
import { CountedEngine, localEngine } from './counted-engine.js';
import { anOptimizer } from './optimizer-values.js';
import { aSearchResult, aSnippet } from './pipeline-values.js';
import { openBus, SILENT_LOG } from './run-buses.js';
import { aStageRunner } from './stage-runner.js';

/** Remembers which runs were put into it; who works on them is for the test to say. */
export class ListedQueue extends RunQueue {
  readonly runs: QueuedRun[] = [];

  async enqueue(_manager: EntityManager, run: QueuedRun): Promise<void> {
    this.runs.push(run);
  }

  async figures() {
    return { waiting: this.runs.length, working: 0, dead: 0, oldestWaitingSeconds: null };
  }
}

export interface ProcessParts {
  readonly dataSource: DataSource;
  readonly directory: ProviderDirectory;
  readonly search: Parameters<typeof aStageRunner>[0]['search'];
  readonly governance?: GovernanceService;
  readonly runTimeboxMs?: number;
  readonly shutdownGraceMs?: number;
}

const FOUND = [
  aSnippet(
    's1',
    'I decided on 14 September to heat the greenhouse with a hotbed. The cable costs £190 a winter.',
  ),
  aSnippet(
    's2',
    'The greenhouse heating was the dearest thing we owned. I decided against the paraffin stove.',
  ),
];
export const MAX_ATTEMPTS = 3;
const NO_LIMIT = { callsPerDay: null, tokensPerDay: null, usdPerDay: null };

/** All that works on runs in one process, on a database that several may share. */
export async function aProcess(parts: ProcessParts) {
  const { dataSource, directory, governance = GovernanceService.open(null) } = parts;
  const { runTimeboxMs = 60_000, shutdownGraceMs = 0 } = parts;
  const [clock, ids, log, metrics] = [new SystemClock(), new SystemIds(), SILENT_LOG, new Metrics()];
  const { optimizer } = anOptimizer({ enabled: false });
  const { bus, stop } = await openBus(new LocalNotifications(SILENT_LOG), dataSource);
  const queue = new ListedQueue();
  const limits = {
    workers: 0,
    maxPerOwner: 4,
    maxQueued: 100,
    maxQueuedPerOwner: 100,
    maxAttempts: MAX_ATTEMPTS,
  };
  const config = { runTimeboxMs, contextMaxChars: 12_000, shutdownGraceMs };
  const ledger = new PostgresBudgetLedger(
    dataSource,
    ids,
    clock,
    new SpendLimits({ defaults: NO_LIMIT, owners: {} }),
  );
  const runs = new RunRepository(dataSource);
  const claims = new RunClaimRepository(dataSource);
  const trails = new RunTrailRepository(dataSource, claims, ledger, queue);
  const leases = new RunLeaseService(claims, bus, config, log, clock, ids);
  const factory = new RunFactory(governance, config, directory, optimizer, ids, clock);
  const record = new RecoveryRecord(log, metrics, bus);
  const recorder = new RunRecorder(trails, claims, limits, record, clock, log);
  const resumption = new RunResumption(runs, claims, ledger, factory, record);
  const voices = { forRun: async () => null } as unknown as VoiceProfiles;
  const runner = aStageRunner({ search: parts.search, directory, ledger, governance });
  const service = new RunService(runner, recorder, resumption, leases, voices, clock);
  const worker = new RunWorker(claims, leases, service, factory, limits);
  const database = { url: 'postgres://', poolSize: 1, waitSeconds: 0, dataDirectory: '' };
  const orphans = new OrphanService(claims, queue, database, limits, leases, record);
  const stored = async (start: 'running' | 'queued'): Promise<NewRun> => {
    const run = factory.make({ userId: 'mara', scopes: ['query'] }, { prompt: PROMPT }, null);
    await runs.create(run, start === 'queued' ? 'queued' : leases.terms);
    return run;
  };
  return {
    queue,
    ledger,
    runs,
    claims,
    trails,
    leases,
    factory,
    service,
    worker,
    orphans,
    metrics,
    stored,
    stop,
  };
}

/** A process with an engine that writes down its calls; `isExternal` lets it pass for one outside. */
export async function aCountedProcess(
  dataSource: DataSource,
  isExternal: boolean,
  over: Partial<ProcessParts> = {},
) {
  const done: string[] = [];
  const local = await localEngine();
  const primary = new CountedEngine(local, isExternal, done);
  const replacement = new CountedEngine(local, false, done);
  const directory = new ProviderDirectory({ primary, firebreak: primary, local: replacement });
  const gate: { search: () => Promise<void> } = { search: async () => undefined };
  const search = {
    search: async ({ corpus }: { corpus: string }) => {
      done.push(`search ${corpus}`);
      await gate.search();
      return aSearchResult(FOUND, ['decid', 'greenhous', 'heat']);
    },
  };
  return { ...(await aProcess({ dataSource, directory, search, ...over })), done, primary, gate };
}

export type Process = Awaited<ReturnType<typeof aProcess>>;

const PROMPT = 'What did I decide about the greenhouse heating?';
