import type { SearchService } from '../../src/corpus/index.js';
import { type BudgetLedger, GovernanceService } from '../../src/governance/index.js';
import { AskArranger } from '../../src/pipeline/ask-arranger.js';
import { AskDecider } from '../../src/pipeline/ask-decider.js';
import { AskExecutor } from '../../src/pipeline/ask-executor.js';
import { CallBudget } from '../../src/pipeline/call-budget.js';
import { CallEnds, EarlierCalls } from '../../src/pipeline/call-ends.js';
import { RunProgress } from '../../src/pipeline/events/run-progress.js';
import { Journal } from '../../src/pipeline/journal.js';
import { ReportMemo } from '../../src/pipeline/report-memo.js';
import { type RunContext, UsageCounter } from '../../src/pipeline/run-context.js';
import { StageRunner } from '../../src/pipeline/stage-runner.js';
import type { RunRequest } from '../../src/pipeline/work.js';
import type { ProviderDirectory } from '../../src/provider/index.js';
import { SystemClock, SystemIds } from '../../src/shared/index.js';
import { Log, Metrics } from '../../src/telemetry/index.js';
import { FORGETFUL } from './forgetful-cache.js';
import { anOptimizer } from './optimizer-values.js';
import { aRequest } from './pipeline-values.js';
import { FlatPrices, MemoryLedger } from './providers.js';

interface Parts {
  readonly search: Pick<SearchService, 'search'>;
  readonly directory: ProviderDirectory;
  readonly ledger?: BudgetLedger;
  readonly optimizer?: ReturnType<typeof anOptimizer>['optimizer'];
  readonly governance?: GovernanceService;
}

/** The interpreter with its real parts round the given ones; the optimizer is off unless one is given. */
export function aStageRunner({
  search,
  directory,
  ledger = new MemoryLedger(),
  optimizer = anOptimizer({ enabled: false }).optimizer,
  governance = GovernanceService.open(null),
}: Parts): StageRunner {
  const log = new Log({ logLevel: 'silent', environment: 'test' });
  const metrics = new Metrics();
  const budget = new CallBudget(ledger, new FlatPrices(), new SystemIds());
  const executor = new AskExecutor(search as SearchService, directory, budget, metrics);
  const arranger = new AskArranger(optimizer, executor, directory, governance);
  const decider = new AskDecider(governance, directory, log, metrics, FORGETFUL);
  return new StageRunner(decider, arranger, governance, new SystemClock(), metrics);
}

/** What a run carries, whole by default. */
export function aRunContext(request: RunRequest = aRequest(), over: Partial<RunContext> = {}): RunContext {
  return {
    taskId: 'task',
    actor: { userId: 'u', scopes: [] },
    request,
    signal: new AbortController().signal,
    remainingMs: () => 60_000,
    patiently: (work) => work(),
    progress: new RunProgress('task', new SystemClock(), () => {}),
    guard: async () => undefined,
    save: async () => undefined,
    calls: new CallEnds(),
    earlierCalls: new EarlierCalls(),
    journal: new Journal(),
    usage: new UsageCounter(),
    reports: new ReportMemo(request),
    records: [],
    ...over,
  };
}
