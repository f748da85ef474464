import { type AppError, Clock } from '../../shared/index.js';
import { Metrics } from '../../telemetry/index.js';
import { AdmissionService, type Caller } from './admission.service.js';

class HandClock extends Clock {
  ms = 0;

  now(): Date {
    return new Date(this.ms);
  }

  elapsedMs(): number {
    return this.ms;
  }
}

/** A caller that goes when it is told to. */
class TestCaller implements Caller {
  private readonly listeners = new Set<() => void>();
  private gone = false;

  isGone(): boolean {
    return this.gone;
  }

  whenGone(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** `isHeard` false is a line that nobody told of its end. */
  go(isHeard = true): void {
    this.gone = true;
    if (isHeard) for (const listener of this.listeners) listener();
  }

  get heardBy(): number {
    return this.listeners.size;
  }
}

/** A piece of work that ends when it is told to. */
class Job {
  readonly caller = new TestCaller();
  hasStarted = false;
  readonly result: Promise<string>;
  private readonly ending = Promise.withResolvers<string>();

  constructor(admission: AdmissionService, owner: string) {
    this.result = admission
      .hold(owner, this.caller, () => {
        this.hasStarted = true;
        return this.ending.promise;
      })
      .catch((error: AppError) => `${error.kind} ${error.code}`);
  }

  async end(): Promise<void> {
    this.ending.resolve('done');
    await this.result;
    await settled();
  }

  async fail(): Promise<void> {
    this.ending.reject(Object.assign(new Error('x'), { kind: 'own', code: 'fault' }));
    await this.result;
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const FULL = 'unavailable pipeline.queue_full';
const OWN_FULL = 'rate_limited pipeline.owner_queue_full';
const GONE = 'timeout pipeline.caller_gone';
const CLOSING = 'unavailable pipeline.shutting_down';
let clock: HandClock;
let metrics: Metrics;
let admission: AdmissionService;

function open(maxConcurrent: number, maxWaiting: number): void {
  clock = new HandClock();
  metrics = new Metrics();
  admission = new AdmissionService({ maxConcurrent, maxWaiting }, clock, metrics);
}

async function figures(): Promise<Record<string, number>> {
  const lines = (await metrics.text()).matchAll(/^mcg_admission_(\w+)(?:\{.*?\})? (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, Number(value)]));
}

async function retryAfter(owner: string): Promise<number | undefined> {
  const error = await admission
    .hold(owner, new TestCaller(), async () => undefined)
    .catch((thrown: AppError) => thrown);
  return error?.retryAfterSeconds;
}

describe('AdmissionService', () => {
  it('lets some work run, some wait, and refuses the rest at once', async () => {
    open(1, 2);
    const [first, second, third] = [
      new Job(admission, 'ann'),
      new Job(admission, 'ann'),
      new Job(admission, 'ben'),
    ];
    expect(await new Job(admission, 'cem').result).toBe(FULL);
    expect(await figures()).toEqual({ running: 1, waiting: 2, refusals_total: 1 });
    expect([first.hasStarted, second.hasStarted, third.hasStarted]).toEqual([true, false, false]);
    await first.end();
    expect([second.hasStarted, third.hasStarted]).toEqual([true, false]);
    await second.end();
    await third.end();
    expect(await Promise.all([first, second, third].map(({ result }) => result))).toEqual(
      Array(3).fill('done'),
    );
    expect(await figures()).toEqual({ running: 0, waiting: 0, refusals_total: 1 });
  });

  it('refuses an owner whose share of the room is full, while others still may wait', async () => {
    open(1, 4);
    const jobs = ['ann', 'ann', 'ann'].map((owner) => new Job(admission, owner));
    expect(await new Job(admission, 'ann').result).toBe(OWN_FULL);
    jobs.push(new Job(admission, 'ben'));
    await jobs[0]!.end();
    await jobs[1]!.end();
    expect(jobs.map(({ hasStarted }) => hasStarted)).toEqual([true, true, false, true]);
  });

  it('lets nothing wait where there is no room to', async () => {
    open(1, 0);
    const job = new Job(admission, 'ann');
    expect(await new Job(admission, 'ben').result).toBe(FULL);
    await job.end();
    expect(new Job(admission, 'ben').hasStarted).toBe(true);
  });

  it('gives the place on when work fails, at once too', async () => {
    open(1, 2);
    const [first, second] = [new Job(admission, 'ann'), new Job(admission, 'ann')];
    await first.fail();
    expect(await first.result).toBe('own fault');
    expect(second.hasStarted).toBe(true);
    const thrown = expect(
      admission.hold('ben', new TestCaller(), () => {
        throw new Error('before any promise');
      }),
    ).rejects.toThrow('before any promise');
    await second.end();
    await thrown;
    expect(await figures()).toEqual({ running: 0, waiting: 0 });
  });

  it('takes a caller that goes away out of the queue at once', async () => {
    open(1, 2);
    const [first, second, third] = [
      new Job(admission, 'ann'),
      new Job(admission, 'ben'),
      new Job(admission, 'cem'),
    ];
    second.caller.go();
    expect(await second.result).toBe(GONE);
    expect(await figures()).toEqual({ running: 1, waiting: 1 });
    await first.end();
    expect([second.hasStarted, third.hasStarted]).toEqual([false, true]);
  });

  it('does no work for a caller of whose end it hears when its turn comes', async () => {
    open(1, 2);
    const [first, second, third] = [
      new Job(admission, 'ann'),
      new Job(admission, 'ben'),
      new Job(admission, 'cem'),
    ];
    second.caller.go(false);
    await first.end();
    expect(await second.result).toBe(GONE);
    await settled();
    expect([second.hasStarted, third.hasStarted]).toEqual([false, true]);
  });

  it('keeps the place of running work whose caller has gone', async () => {
    open(1, 1);
    const [first, second] = [new Job(admission, 'ann'), new Job(admission, 'ben')];
    first.caller.go();
    await settled();
    expect(second.hasStarted).toBe(false);
    await first.end();
    expect(second.hasStarted).toBe(true);
    second.caller.go();
    await second.end();
    expect(await second.result).toBe('done');
  });

  it('listens to a caller only while it waits', async () => {
    open(1, 1);
    const [first, second] = [new Job(admission, 'ann'), new Job(admission, 'ben')];
    expect([first.caller.heardBy, second.caller.heardBy]).toEqual([0, 1]);
    await first.end();
    expect(second.caller.heardBy).toBe(0);
  });

  it('says when to come again, from how long work took of late and how much waits', async () => {
    open(2, 8);
    const first = new Job(admission, 'ann');
    clock.ms = 21_000;
    await first.end();
    const filling = ['ann', 'ann', 'ann', 'ann', 'ann', 'ann'].map((owner) => new Job(admission, owner));
    // A mean of 1 s before; the newest time counts a fifth: 5 s, for five in front of two places.
    expect(await retryAfter('ann')).toBe(13);
    filling.push(...['ben', 'ben', 'ben', 'ben'].map((owner) => new Job(admission, owner)));
    expect(await retryAfter('cem')).toBe(23);
    clock.ms += 10_000_000;
    await filling[0]!.end();
    filling.push(new Job(admission, 'dot'));
    expect(await retryAfter('cem')).toBe(30);
    open(1, 0);
    void new Job(admission, 'ann');
    clock.ms = 0;
    expect(await retryAfter('cem')).toBe(1);
  });

  it('refuses what waits and what comes once the process closes, and lets running work end', async () => {
    open(1, 2);
    const [first, second] = [new Job(admission, 'ann'), new Job(admission, 'ben')];
    admission.onModuleDestroy();
    expect(await second.result).toBe(CLOSING);
    expect(await new Job(admission, 'cem').result).toBe(CLOSING);
    expect(await figures()).toEqual({ running: 1, waiting: 0 });
    await first.end();
    expect(await first.result).toBe('done');
    expect(await figures()).toEqual({ running: 0, waiting: 0 });
  });
});
