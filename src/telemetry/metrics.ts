import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const CACHE = ['namespace', 'backend'];

/**
 * The figures of this process, one typed method each; label values come from fixed lists, never from a request.
 * Names follow the Prometheus conventions: base units, `_total` for counters.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = this.counter('mcg_pipeline_requests_total', 'Requests by their outcome.', [
    'endpoint',
    'status',
  ]);
  private readonly latency = this.histogram('mcg_pipeline_latency_seconds', 'Time to an answer.', [
    'endpoint',
  ]);
  private readonly stages = this.counter('mcg_stage_results_total', 'Stages by their result.', [
    'stage',
    'result',
  ]);
  private readonly stageLatency = this.histogram('mcg_stage_latency_seconds', 'Time a stage took.', [
    'stage',
  ]);
  private readonly denials = this.counter('mcg_governance_denials_total', 'Asks that the policy denied.', [
    'role',
    'action',
    'policy',
  ]);
  private readonly calls = this.counter('mcg_provider_calls_total', 'Calls of a provider.', [
    'provider',
    'operation',
    'result',
  ]);
  private readonly tokens = this.counter('mcg_provider_tokens_total', 'Tokens read and written.', [
    'provider',
    'direction',
  ]);
  private readonly hits = this.counter('mcg_cache_hits_total', 'Cache look-ups that found a value.', CACHE);
  private readonly misses = this.counter('mcg_cache_misses_total', 'Cache look-ups that found none.', CACHE);
  private readonly evictions = this.counter('mcg_cache_evictions_total', 'Entries that made room.', CACHE);
  private readonly items = this.gauge('mcg_cache_items', 'Entries kept by this process.', CACHE);
  private readonly bytes = this.gauge('mcg_cache_bytes', 'Bytes kept by this process.', CACHE);
  private readonly compression = this.histogram(
    'mcg_cache_compression_ratio',
    'Compressed size over size, of entries that were compressed.',
    ['namespace'],
    SHARES,
  );
  private readonly operations = this.counter(
    'mcg_optimizer_requests_total',
    'Operations by where they came from.',
    ['op', 'strategy', 'result'],
  );
  private readonly operationLatency = this.histogram(
    'mcg_optimizer_latency_seconds',
    'Time of an operation.',
    ['op', 'strategy'],
  );
  private readonly activations = this.counter(
    'mcg_optimizer_pressure_activations_total',
    'Times that memory pressure changed how work is done.',
    [],
  );
  private readonly scores = this.histogram(
    'mcg_qa_scores',
    'Scores of texts that a role answered for.',
    ['dimension'],
    SHARES,
  );
  private readonly recoveries = this.counter(
    'mcg_pipeline_recoveries_total',
    'Runs that changed hands: orphaned, handed_over, resumed, retried after a fault, or dead after the last attempt.',
    ['recovery'],
  );
  private readonly rss = this.gauge('mcg_memory_rss_bytes', 'Resident memory.', []);
  private readonly pressure = this.gauge(
    'mcg_memory_pressure',
    'Memory pressure: 0 ok, 1 warn, 2 limit.',
    [],
  );
  private readonly running = this.gauge('mcg_admission_running', 'Queries being worked on.', []);
  private readonly waiting = this.gauge('mcg_admission_waiting', 'Queries waiting their turn.', []);
  private readonly refusals = this.counter('mcg_admission_refusals_total', 'Requests refused at the door.', [
    'reason',
  ]);

  private readonly queued = this.gauge('mcg_queue_jobs', 'Runs of the queue, over all processes.', ['state']);
  private readonly queueWait = this.histogram(
    'mcg_queue_wait_seconds',
    'Time from when a run could be worked on until a worker took it.',
    [],
  );
  private readonly queueOldest = this.gauge(
    'mcg_queue_oldest_seconds',
    'How long the run has waited that waits longest, over all processes; 0 where none waits.',
    [],
  );

  private readonly runs = this.gauge(
    'mcg_runs',
    'Runs that are not over: queued, running, held; and dead ones, that an admin can retry. Over all processes.',
    ['state'],
  );
  private readonly runsOldest = this.gauge(
    'mcg_runs_oldest_seconds',
    'How long the oldest run of a state has been in it; 0 where there is none.',
    ['state'],
  );
  private readonly removals = this.counter(
    'mcg_retention_removed_total',
    'What was removed because it had been kept long enough.',
    ['kind'],
  );

  constructor({ withProcess = false } = {}) {
    if (withProcess) collectDefaultMetrics({ register: this.registry });
  }

  requestEnded(endpoint: string, status: number, seconds: number): void {
    this.requests.inc({ endpoint, status });
    this.latency.observe({ endpoint }, seconds);
  }

  stageEnded(stage: string, result: string, seconds: number): void {
    this.stages.inc({ stage, result });
    this.stageLatency.observe({ stage }, seconds);
  }

  denied(role: string, action: string, policy: string): void {
    this.denials.inc({ role, action, policy });
  }

  providerCalled(provider: string, operation: string, result: 'succeeded' | 'failed'): void {
    this.calls.inc({ provider, operation, result });
  }

  tokensUsed(provider: string, input: number, output: number): void {
    this.tokens.inc({ provider, direction: 'input' }, input);
    this.tokens.inc({ provider, direction: 'output' }, output);
  }

  cacheHit(namespace: string, backend: string): void {
    this.hits.inc({ namespace, backend });
  }

  cacheMissed(namespace: string, backend: string): void {
    this.misses.inc({ namespace, backend });
  }

  cacheEvicted(namespace: string, backend: string): void {
    this.evictions.inc({ namespace, backend });
  }

  cacheSized(namespace: string, backend: string, items: number, bytes: number): void {
    this.items.set({ namespace, backend }, items);
    this.bytes.set({ namespace, backend }, bytes);
  }

  /** `ratio` is the compressed size over the size before. */
  cacheCompressed(namespace: string, ratio: number): void {
    this.compression.observe({ namespace }, ratio);
  }

  operationEnded(op: string, strategy: string, result: string, seconds: number): void {
    this.operations.inc({ op, strategy, result });
    this.operationLatency.observe({ op, strategy }, seconds);
  }

  pressureActivated(): void {
    this.activations.inc();
  }

  qaScored(dimension: string, score: number): void {
    this.scores.observe({ dimension }, score);
  }

  runRecovered(recovery: 'orphaned' | 'handed_over' | 'resumed' | 'retried' | 'dead'): void {
    this.recoveries.inc({ recovery });
  }

  /** `level` is 0 for ok, 1 for warn and 2 for limit. */
  memoryMeasured(rssBytes: number, level: number): void {
    this.rss.set(rssBytes);
    this.pressure.set(level);
  }

  admissionChanged(running: number, waiting: number): void {
    this.running.set(running);
    this.waiting.set(waiting);
  }

  refused(reason: 'queue_full' | 'rate_limited' | 'memory_pressure'): void {
    this.refusals.inc({ reason });
  }

  queueMeasured(
    counts: Readonly<Record<'waiting' | 'working' | 'dead', number>>,
    oldestSeconds: number,
  ): void {
    for (const [state, count] of Object.entries(counts)) this.queued.set({ state }, count);
    this.queueOldest.set(oldestSeconds);
  }

  queueWaited(seconds: number): void {
    this.queueWait.observe(seconds);
  }

  runsStood(state: 'queued' | 'running' | 'held' | 'dead', count: number, oldestSeconds: number): void {
    this.runs.set({ state }, count);
    this.runsOldest.set({ state }, oldestSeconds);
  }

  removed(kind: 'runs' | 'journals' | 'reservations' | 'audit_events', count: number): void {
    this.removals.inc({ kind }, count);
  }

  /** Everything, in the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** The media type of `text`. */
  get contentType(): string {
    return this.registry.contentType;
  }

  private counter(name: string, help: string, labelNames: string[]) {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private gauge(name: string, help: string, labelNames: string[]) {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  private histogram(name: string, help: string, labelNames: string[], buckets = SECONDS) {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }
}
