import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { MemoryConfig } from '../config/index.js';
import type { Clock } from '../shared/index.js';
import type { Log, Metrics } from '../telemetry/index.js';
import { CollectionPace } from './collection-pace.js';
import type { HeapCollector } from './heap-collector.js';
import type { MemoryProbe, MemoryReading } from './memory-reading.js';
import { levelOf, type MemoryShares, PressureLevels, ReusableMemory, sharesOf } from './memory-shares.js';
import type { MemorySnapshot } from './memory-snapshot.js';
import type { Pressure, PressureListener } from './pressure.js';

interface Measure {
  readonly reading: MemoryReading;
  readonly reusableBytes: number;
  readonly shares: MemoryShares;
}

/** Watches the memory of this process and announces its pressure. */
export class MemoryManager implements OnModuleInit, OnApplicationShutdown {
  private readonly levels: PressureLevels;
  private readonly reusable = new ReusableMemory();
  private readonly pace = new CollectionPace();
  private readonly listeners = new Set<PressureListener>();
  private latest: MemorySnapshot;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: MemoryConfig,
    private readonly probe: MemoryProbe,
    private readonly collector: HeapCollector,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    const { warnPercent, limitPercent } = config;
    this.levels = new PressureLevels({ warn: warnPercent / 100, limit: limitPercent / 100 });
    const now = clock.now();
    this.latest = {
      ...this.described(this.measure()),
      pressure: 'ok',
      changedAt: now,
      activations: 0,
      collections: 0,
      lastPauseMs: null,
    };
  }

  onModuleInit(): void {
    this.sample();
    this.timer = setInterval(() => this.sample(), this.config.sampleMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    this.probe.close();
    this.listeners.clear();
  }

  pressure(): Pressure {
    return this.latest.pressure;
  }

  snapshot(): MemorySnapshot {
    return this.latest;
  }

  /** Calls the listener on each change from now on, until the returned function is called. */
  subscribe(listener: PressureListener): () => void {
    // A function may be given twice: each subscription is one of its own.
    const own: PressureListener = (now, before) => listener(now, before);
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  /**
   * Measures now and announces a change. Garbage under pressure is collected first, within the pace: only what
   * is still needed then counts, and what subscribers let go of at the last change is given back.
   */
  sample(): void {
    const measured = this.measure();
    const level = this.levels.preview(measured.shares);
    const isCollecting = level !== 'ok' && this.pace.isDue(this.clock.elapsedMs());
    this.settle(isCollecting ? this.collected(level) : measured);
  }

  private measure(): Measure {
    const reading = this.probe.read();
    const reusableBytes = this.reusable.estimate(reading);
    return { reading, reusableBytes, shares: sharesOf(reading, reusableBytes) };
  }

  private collected(before: Pressure): Measure {
    const startedAtMs = this.clock.elapsedMs();
    const collections = this.latest.collections + (this.collector.collect() ? 1 : 0);
    const endedAtMs = this.clock.elapsedMs();
    const pauseMs = endedAtMs - startedAtMs;
    const measured = this.measure();
    const helped = levelOf(this.levels.preview(measured.shares)) < levelOf(before);
    this.pace.collected(endedAtMs, pauseMs, helped);
    this.latest = { ...this.latest, collections, lastPauseMs: pauseMs };
    return measured;
  }

  private settle(measured: Measure): void {
    const before = this.latest.pressure;
    const now = this.levels.advance(measured.shares);
    this.latest = { ...this.latest, ...this.described(measured), pressure: now };
    this.metrics.memoryMeasured(measured.reading.rssBytes, levelOf(now));
    if (now !== before) this.changed(now, before);
  }

  private changed(now: Pressure, before: Pressure): void {
    const { usedShare, rssBytes, limitBytes, measuredAt, activations } = this.latest;
    const isRise = levelOf(now) > levelOf(before);
    this.latest = {
      ...this.latest,
      changedAt: measuredAt,
      activations: activations + (before === 'ok' ? 1 : 0),
    };
    const fields = { before, now, share: usedShare, rss_bytes: rssBytes, limit_bytes: limitBytes };
    if (isRise) this.log.warn('memory.pressure', fields);
    else this.log.info('memory.pressure', fields);
    if (before === 'ok') this.metrics.pressureActivated();
    for (const listener of [...this.listeners]) this.tell(listener, now, before);
    // Subscribers have let go of much: the next sample gives that back.
    if (isRise) this.pace.hasten();
  }

  private tell(listener: PressureListener, now: Pressure, before: Pressure): void {
    try {
      listener(now, before);
    } catch (error) {
      this.log.error('memory.listener_failed', error, { now, before });
    }
  }

  private described({ reading, reusableBytes, shares }: Measure) {
    return {
      ...reading,
      reusableBytes,
      usedShare: shares.used,
      lag: this.probe.eventLoopLag(),
      measuredAt: this.clock.now(),
    };
  }
}
