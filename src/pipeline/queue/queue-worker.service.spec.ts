import { setImmediate as nextTurn } from 'node:timers/promises';
import { Notifications } from '../../database/index.js';
import type { MemoryManager, Pressure } from '../../memory/index.js';
import { Log, Metrics } from '../../telemetry/index.js';
import type { Performance, RunWorker } from '../run-worker.service.js';
import { QueueSignal } from './queue-signal.js';
import { QueueSource } from './queue-source.js';
import { QueueWorkerService } from './queue-worker.service.js';
import { RunJobs, type TakenRun } from './run-jobs.port.js';

class OwnVoice extends Notifications {
  listener: (() => void) | null = null;

  listen(_channel: string, onMessage: (payload: string) => void): () => void {
    this.listener = () => onMessage('');
    return () => {
      this.listener = null;
    };
  }

  async notify(): Promise<void> {
    this.listener?.();
  }
}

/** A queue in memory that tells what was said to it. */
class ListedJobs extends RunJobs {
  readonly said: string[] = [];
  isAway = false;

  constructor(
    readonly waiting: string[],
    private readonly held?: PromiseWithResolvers<void>,
  ) {
    super();
  }

  async take(): Promise<TakenRun | null> {
    if (this.isAway) throw new Error('the database is away');
    const taskId = this.waiting.shift();
    await this.held?.promise;
    return taskId === undefined ? null : { taskId, waitedSeconds: 0 };
  }

  async done(taskId: string): Promise<void> {
    this.said.push(`done ${taskId}`);
  }

  async giveBack(taskId: string): Promise<void> {
    this.said.push(`back ${taskId}`);
  }

  mend = async () => 0;
  tidy = async () => {};
}

/** Runs that end when the test says so. */
class HeldRuns {
  readonly begun: string[] = [];
  private readonly ends = new Map<string, PromiseWithResolvers<Performance>>();

  perform(taskId: string): Promise<Performance> {
    this.begun.push(taskId);
    const end = Promise.withResolvers<Performance>();
    this.ends.set(taskId, end);
    return end.promise;
  }

  end(taskId: string, error?: Error): void {
    const { resolve, reject } = this.ends.get(taskId)!;
    if (error) reject(error);
    else resolve('ended');
  }
}

let jobs: ListedJobs;
let runs: HeldRuns;
let voice: OwnVoice;
let pressure: Pressure;
let worker: QueueWorkerService;

/** `held` lets go of the first look into the queue. */
function begin(waiting: string[], workers: number, held?: PromiseWithResolvers<void>): void {
  jobs = new ListedJobs(waiting, held);
  runs = new HeldRuns();
  voice = new OwnVoice();
  pressure = 'ok';
  const log = new Log({ logLevel: 'silent', environment: 'test' });
  const memory = { pressure: () => pressure } as MemoryManager;
  const source = new QueueSource(jobs, memory, new Metrics(), log);
  const limits = { workers, maxPerOwner: 1, maxQueued: 1, maxQueuedPerOwner: 1, maxAttempts: 1 };
  worker = new QueueWorkerService(source, runs as unknown as RunWorker, new QueueSignal(voice), limits, log);
  worker.onApplicationBootstrap();
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await nextTurn();
}

async function close(): Promise<void> {
  worker.onModuleDestroy();
  await worker.onApplicationShutdown();
}

describe('QueueWorkerService', () => {
  it('works on so many at once, and begins the next when one has ended', async () => {
    begin(['a', 'b', 'c'], 2);
    await settle();
    expect(runs.begun).toEqual(['a', 'b']);
    runs.end('b');
    await settle();
    expect(runs.begun).toEqual(['a', 'b', 'c']);
    expect(jobs.said).toEqual(['done b']);
    runs.end('a');
    runs.end('c');
    await close();
    expect(jobs.said).toEqual(['done b', 'done a', 'done c']);
  });

  it('begins at once what is queued while it waits', async () => {
    begin([], 1);
    await settle();
    jobs.waiting.push('a');
    await voice.notify();
    await settle();
    expect(runs.begun).toEqual(['a']);
    runs.end('a');
    await close();
  });

  it('takes nothing while memory is at its limit', async () => {
    begin([], 1);
    await settle();
    pressure = 'limit';
    jobs.waiting.push('a');
    await voice.notify();
    await settle();
    expect(runs.begun).toEqual([]);
    pressure = 'ok';
    await voice.notify();
    await settle();
    expect(runs.begun).toEqual(['a']);
    runs.end('a');
    await close();
  });

  it('gives back what could not be worked on, and goes on, a database that is away or not', async () => {
    begin(['a'], 1);
    await settle();
    runs.end('a', new Error('the database is away'));
    jobs.isAway = true;
    await settle();
    expect(jobs.said).toEqual(['back a']);
    jobs.isAway = false;
    jobs.waiting.push('b');
    await voice.notify();
    await settle();
    expect(runs.begun).toEqual(['a', 'b']);
    runs.end('b');
    await close();
  });

  it('gives back what it takes while it closes, and takes nothing after', async () => {
    const held = Promise.withResolvers<void>();
    begin(['a', 'b'], 2, held);
    worker.onModuleDestroy();
    held.resolve();
    await worker.onApplicationShutdown();
    expect({ begun: runs.begun, said: jobs.said }).toEqual({ begun: [], said: ['back a'] });
    expect(jobs.waiting).toEqual(['b']);
    expect(voice.listener).toBeNull();
  });

  it('leaves the queue to others where it has no workers', async () => {
    begin(['a'], 0);
    await settle();
    expect({ waiting: jobs.waiting, listener: voice.listener }).toEqual({ waiting: ['a'], listener: null });
    await close();
  });
});
