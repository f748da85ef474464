import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MemoryConfig } from '../config/index.js';
import { AppError, Clock } from '../shared/index.js';
import { Log, Metrics } from '../telemetry/index.js';
import { HeapCollector } from './heap-collector.js';
import { MemoryManager } from './memory-manager.js';
import { type EventLoopLag, MemoryProbe, type MemoryReading } from './memory-reading.js';
import { PressureGuard } from './pressure.guard.js';
import type { Pressure } from './pressure.js';

const MEBIBYTE = 1024 ** 2;
const NATIVE = 50;

class HandClock extends Clock {
  ms = 0;

  now(): Date {
    return new Date(this.ms);
  }

  elapsedMs(): number {
    return this.ms;
  }
}

/** A process of which everything is known, in MiB: what lives, what is garbage, what freed buffers left behind. */
class ModelProcess extends MemoryProbe implements HeapCollector {
  live = 50;
  garbage = 0;
  buffers = 0;
  leftBehind = 0;
  limit: number | null = 500;
  isClosed = false;
  collections = 0;

  constructor(private readonly clock: HandClock) {
    super();
  }

  read(): MemoryReading {
    const heap = (this.live + this.garbage) * MEBIBYTE;
    return {
      rssBytes: heap + (NATIVE + this.buffers + this.leftBehind) * MEBIBYTE,
      heapUsedBytes: heap,
      heapResidentBytes: heap,
      heapLimitBytes: 1_000 * MEBIBYTE,
      externalBytes: this.buffers * MEBIBYTE,
      arrayBufferBytes: this.buffers * MEBIBYTE,
      limitBytes: this.limit === null ? null : this.limit * MEBIBYTE,
    };
  }

  eventLoopLag(): EventLoopLag {
    return { p50Ms: 0, p99Ms: 1, maxMs: 2 };
  }

  close(): void {
    this.isClosed = true;
  }

  /** V8 alone collects: nothing, until it is asked. */
  collect(): boolean {
    this.collections++;
    this.garbage = 0;
    this.clock.ms += 20;
    return true;
  }
}

interface Setup {
  readonly clock: HandClock;
  readonly model: ModelProcess;
  readonly manager: MemoryManager;
  readonly metrics: Metrics;
  readonly lines: () => Record<string, unknown>[];
  /** Lets seconds pass, with a sample each; the level after each. */
  pass(seconds: number): Pressure[];
}

function setUp(config: Partial<MemoryConfig> = {}): Setup {
  const clock = new HandClock();
  const model = new ModelProcess(clock);
  const metrics = new Metrics();
  const stream = new PassThrough();
  const log = new Log({ logLevel: 'info', environment: 'test' }, stream);
  const settings = {
    warnPercent: 80,
    limitPercent: 90,
    limitBytes: null,
    sampleMs: 1_000,
    readyFailsAtLimit: false,
  };
  const manager = new MemoryManager({ ...settings, ...config }, model, model, metrics, clock, log);
  const text: string[] = [];
  const lines = () => {
    text.push(String(stream.read() ?? ''));
    return text
      .join('')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const pass = (seconds: number) =>
    Array.from({ length: seconds }, () => {
      clock.ms += 1_000;
      manager.sample();
      return manager.pressure();
    });
  return { clock, model, manager, metrics, lines, pass };
}

describe('MemoryManager', () => {
  it('tells each change once: subscribers, one line, the metrics', async () => {
    const { model, manager, metrics, lines, pass } = setUp();
    const told: string[] = [];
    manager.subscribe((now, before) => told.push(`${before} → ${now}`));
    pass(2);
    expect(told).toEqual([]);
    model.live = 310;
    expect(pass(2)).toEqual(['ok', 'ok']);
    model.live = 360;
    pass(2);
    model.live = 420;
    pass(2);
    model.live = 50;
    pass(2);
    expect(told).toEqual(['ok → warn', 'warn → limit', 'limit → ok']);
    const changes = lines().filter(({ msg }) => msg === 'memory.pressure');
    expect(changes).toEqual([
      expect.objectContaining({ level: 'warn', before: 'ok', now: 'warn', share: 0.82 }),
      expect.objectContaining({
        level: 'warn',
        now: 'limit',
        share: 0.94,
        rss_bytes: 470 * MEBIBYTE,
        limit_bytes: 500 * MEBIBYTE,
      }),
      expect.objectContaining({ level: 'info', before: 'limit', now: 'ok', share: 0.2 }),
    ]);
    const figures = await metrics.text();
    expect(figures).toContain('mcg_optimizer_pressure_activations_total 1\n');
    expect(figures).toContain('mcg_memory_pressure 0\n');
    expect(figures).toContain(`mcg_memory_rss_bytes ${100 * MEBIBYTE}\n`);
    expect(manager.snapshot()).toMatchObject({
      pressure: 'ok',
      activations: 1,
      usedShare: 0.2,
      lag: { p99Ms: 1 },
    });
  });

  it('a subscriber that throws stops neither the others nor the manager', () => {
    const { model, manager, lines, pass } = setUp();
    const told: Pressure[] = [];
    manager.subscribe(() => {
      throw new Error('broken subscriber');
    });
    manager.subscribe((now) => told.push(now));
    model.live = 420;
    expect(pass(1)).toEqual(['limit']);
    expect(told).toEqual(['limit']);
    expect(lines().find(({ msg }) => msg === 'memory.listener_failed')).toMatchObject({
      level: 'error',
      now: 'limit',
      err: { message: 'broken subscriber' },
    });
  });

  it('tells nobody who has left, and everybody else', () => {
    const { model, manager, pass } = setUp();
    const told: string[] = [];
    const listener = () => void told.push('same');
    const leave = manager.subscribe(listener);
    manager.subscribe(listener);
    manager.subscribe(() => leave());
    model.live = 420;
    pass(1);
    expect(told).toEqual(['same', 'same']);
    model.live = 50;
    pass(1);
    expect(told).toEqual(['same', 'same', 'same']);
  });

  it('takes garbage for no pressure: it is collected and nothing is announced', () => {
    const { model, pass } = setUp();
    model.garbage = 380;
    expect(pass(1)).toEqual(['ok']);
    expect(model.collections).toBe(1);
  });

  it('comes back by itself once subscribers let go, though no work makes V8 collect', () => {
    const { model, manager, pass } = setUp();
    manager.subscribe((now) => {
      if (now !== 'limit') return;
      model.garbage += model.live - 50;
      model.live = 50;
    });
    model.live = 420;
    expect(pass(4)).toEqual(['limit', 'ok', 'ok', 'ok']);
  });

  it('comes back by itself while freed buffers stay resident', () => {
    const { model, manager, pass } = setUp();
    manager.subscribe((now) => {
      if (now !== 'limit') return;
      model.leftBehind = 240;
      model.buffers = 0;
    });
    Object.assign(model, { live: 140, buffers: 280 });
    expect(pass(1)).toEqual(['limit']);
    expect(manager.snapshot().rssBytes).toBe(470 * MEBIBYTE);
    expect(pass(2)).toEqual(['ok', 'ok']);
    expect(manager.snapshot()).toMatchObject({ rssBytes: 430 * MEBIBYTE, reusableBytes: 240 * MEBIBYTE });
  });

  it('stays at the limit while everything is needed, and does not pause the process for ever more collections', () => {
    const { model, pass } = setUp();
    model.live = 450;
    expect(new Set(pass(600))).toEqual(new Set(['limit']));
    expect(model.collections).toBeLessThan(20);
    model.live = 50;
    expect(pass(1)).toEqual(['ok']);
  });

  it('goes by the heap alone where there is no limit', () => {
    const { model, manager, pass } = setUp();
    model.limit = null;
    model.live = 790;
    expect(pass(1)).toEqual(['ok']);
    model.live = 850;
    expect(pass(1)).toEqual(['warn']);
    expect(manager.snapshot()).toMatchObject({ limitBytes: null, usedShare: 0.85 });
  });

  it('measures at the start and then by its timer, until shutdown', async () => {
    const { model, manager } = setUp({ sampleMs: 10 });
    model.live = 420;
    manager.onModuleInit();
    expect(manager.pressure()).toBe('limit');
    const told = new Promise<Pressure>((resolve) => manager.subscribe(resolve));
    model.live = 50;
    expect(await told).toBe('ok');
    manager.onApplicationShutdown();
    expect(model.isClosed).toBe(true);
    model.live = 420;
    await sleep(100);
    expect(manager.pressure()).toBe('ok');
  });
});

describe('PressureGuard', () => {
  it('refuses at the limit only, and counts it', async () => {
    const { model, manager, metrics, pass } = setUp();
    const guard = new PressureGuard(manager, metrics);
    model.live = 370;
    expect(pass(1)).toEqual(['warn']);
    expect(guard.canActivate()).toBe(true);
    model.live = 420;
    pass(1);
    let fault: unknown;
    try {
      guard.canActivate();
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(AppError);
    expect(fault).toMatchObject({ code: 'memory.pressure', kind: 'unavailable', retryAfterSeconds: 5 });
    expect(await metrics.text()).toContain('mcg_admission_refusals_total{reason="memory_pressure"} 1\n');
  });
});
