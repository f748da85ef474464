import { AnalysisProgress, BackgroundAnalysis } from '../../src/corpus/index.js';
import type { RunningServer } from '../../src/serve.js';
import { type Engine, makeEngine } from '../engine/engine.js';
import { importInto, OWNER, startServer } from '../engine/loaded-server.js';
import { copyInto, dumpTables, type TableDump } from '../engine/table-copy.js';
import type { BenchOptions, EngineName } from '../options.js';
import { atLeast, type Measurement, megabytes, type Row, rowsFor } from '../report/measurement.js';
import { median } from '../report/statistics.js';

const SMALLEST_RATIO = 1 / 2;
const MOST_BYTES_ABOVE_IDLE = 300 * 1024 ** 2;
const SAMPLE_MS = 50;

interface ImportTiming {
  readonly documents: number;
  readonly seconds: number;
  /** Most resident memory while it ran, over that of the server before. */
  readonly bytesAboveIdle: number;
  readonly analysisSeconds: number;
  readonly dumps: readonly TableDump[];
}

/**
 * Imports an export file, copies the finished rows into empty tables, and compares the rates. What follows an import in
 * the background is timed for itself.
 */
export async function benchImport(
  name: EngineName,
  exportPath: string,
  options: BenchOptions,
): Promise<Measurement[]> {
  const imports: ImportTiming[] = [];
  const copySeconds: number[] = [];
  for (let i = 0; i < options.repeats; i++) {
    const engine = await makeEngine(name, options.databaseUrl);
    const empty = await makeEngine(name, options.databaseUrl);
    try {
      const imported = await timeImport(engine, exportPath);
      imports.push(imported);
      copySeconds.push(await copyInto(empty, imported.dumps));
    } finally {
      await engine.remove();
      await empty.remove();
    }
  }
  return rowsOf(rowsFor('import', name), imports, copySeconds);
}

function rowsOf(row: Row, imports: readonly ImportTiming[], copySeconds: readonly number[]): Measurement[] {
  const { documents } = imports[0]!;
  const importSeconds = imports.map(({ seconds }) => seconds);
  const rate = (seconds: readonly number[]) => Math.round(documents / median(seconds));
  const rates = `${rate(importSeconds)} / ${rate(copySeconds)} documents/s`;
  const analysis = rate(imports.map(({ analysisSeconds }) => analysisSeconds));
  const bytes = Math.max(...imports.map(({ bytesAboveIdle }) => bytesAboveIdle));
  return [
    row(
      `import rate / COPY of the same rows (${rates}; ${documents} documents)`,
      atLeast(SMALLEST_RATIO, median(copySeconds) / median(importSeconds)),
    ),
    row('most RSS while it imports, above idle', {
      value: megabytes(bytes),
      goal: { text: `< ${megabytes(MOST_BYTES_ABOVE_IDLE)}`, met: bytes < MOST_BYTES_ABOVE_IDLE },
    }),
    row('analysis in the background, after it', { value: `${analysis} documents/s` }),
  ];
}

async function timeImport(engine: Engine, exportPath: string): Promise<ImportTiming> {
  const server = await startServer(engine);
  try {
    const memory = new MemoryPeak();
    const startedMs = performance.now();
    const { created } = await importInto(server, 'personal', exportPath);
    const seconds = secondsSince(startedMs);
    const bytesAboveIdle = memory.ended();
    const analysisSeconds = await timeAnalysis(server);
    const dumps = await dumpTables(server, engine.folder);
    return { documents: created, seconds, bytesAboveIdle, analysisSeconds, dumps };
  } finally {
    await server.close();
  }
}

/** What began when the import had ended, until nothing is left. Throws where something is. */
async function timeAnalysis(server: RunningServer): Promise<number> {
  const startedMs = performance.now();
  await server.app.get(BackgroundAnalysis, { strict: false }).settled();
  const seconds = secondsSince(startedMs);
  const left = await server.app.get(AnalysisProgress, { strict: false }).of(OWNER);
  const unfinished = left.filter(({ pending, voicePending }) => pending > 0 || voicePending);
  if (unfinished.length > 0) throw new Error(`analysis ended early: ${JSON.stringify(unfinished)}`);
  return seconds;
}

/** The most memory this process takes from now on, over what it takes now. */
class MemoryPeak {
  readonly #idleBytes = process.memoryUsage.rss();
  readonly #timer = setInterval(() => this.#sample(), SAMPLE_MS);
  #mostBytes = this.#idleBytes;

  ended(): number {
    clearInterval(this.#timer);
    this.#sample();
    return this.#mostBytes - this.#idleBytes;
  }

  #sample(): void {
    this.#mostBytes = Math.max(this.#mostBytes, process.memoryUsage.rss());
  }
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1_000;
}
