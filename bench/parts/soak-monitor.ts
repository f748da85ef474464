import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApplicationProcess } from '../engine/application-process.js';
import type { QueryClient } from '../engine/query-client.js';

const SAMPLE_MS = 500;

export const PRESSURES = ['ok', 'warn', 'limit'] as const;
export type Pressure = (typeof PRESSURES)[number];

/** The server at one moment, as an administrator sees it. */
export interface SoakSample {
  readonly seconds: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly cacheBytes: number;
  readonly pressure: Pressure;
  /** Queries answered until then. */
  readonly answered: number;
}

interface MemoryView {
  readonly pressure: Pressure;
  readonly rss_bytes: number;
  readonly activations: number;
  readonly heap: { readonly used_bytes: number };
  readonly collections: { readonly count: number };
}

interface CacheView {
  readonly namespaces: readonly { readonly backend: string; readonly bytes: number | null }[];
}

/** What became of the pressure over all. */
export interface PressureCount {
  /** Times it rose from `ok`, and times it went back there. */
  readonly entered: number;
  readonly left: number;
  readonly collections: number;
}

/** Looks at a server twice a second, from outside. */
export class SoakMonitor {
  readonly samples: SoakSample[] = [];
  private isWatching = true;
  private watching: Promise<void> | null = null;

  constructor(
    private readonly server: ApplicationProcess,
    private readonly client: QueryClient,
    private readonly answered: () => number,
  ) {}

  start(): void {
    this.watching = this.watch();
  }

  async stop(): Promise<void> {
    this.isWatching = false;
    await this.watching;
  }

  /** Without load: goes on until the pressure is over, or the time is. */
  async untilCalm(limitMs: number): Promise<PressureCount> {
    const untilMs = performance.now() + limitMs;
    while (this.samples.at(-1)?.pressure !== 'ok' && performance.now() < untilMs) await sleep(SAMPLE_MS);
    const { activations, pressure, collections } = await this.client.read<MemoryView>('/memory');
    const left = pressure === 'ok' ? activations : activations - 1;
    return { entered: activations, left, collections: collections.count };
  }

  /** The most memory the process ever had; null where the system does not say. */
  peakBytes(): number | null {
    try {
      const status = readFileSync(`/proc/${this.server.pid}/status`, 'utf8');
      const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
      return kibibytes === undefined ? null : Number(kibibytes) * 1024;
    } catch {
      return null;
    }
  }

  private async watch(): Promise<void> {
    const startedMs = performance.now();
    while (this.isWatching && this.server.isRunning) {
      const sample = await this.sample((performance.now() - startedMs) / 1_000).catch(() => null);
      if (sample !== null) this.samples.push(sample);
      await sleep(SAMPLE_MS);
    }
  }

  private async sample(seconds: number): Promise<SoakSample> {
    const memory = await this.client.read<MemoryView>('/memory');
    const { namespaces } = await this.client.read<CacheView>('/cache');
    return {
      seconds,
      rssBytes: memory.rss_bytes,
      heapBytes: memory.heap.used_bytes,
      cacheBytes: namespaces.reduce((total, { bytes }) => total + (bytes ?? 0), 0),
      pressure: memory.pressure,
      answered: this.answered(),
    };
  }
}
