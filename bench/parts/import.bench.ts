import { type Engine, makeEngine } from '../engine/engine.js';
import { importInto, startServer } from '../engine/loaded-server.js';
import { copyInto, dumpTables, type TableDump } from '../engine/table-copy.js';
import type { BenchOptions, EngineName } from '../options.js';
import { atLeast, type Measurement } from '../report/measurement.js';
import { median } from '../report/statistics.js';

const SMALLEST_RATIO = 1 / 3;

/** Imports an export file, copies the finished rows into empty tables, and compares the rates. */
export async function benchImport(
  name: EngineName,
  exportPath: string,
  options: BenchOptions,
): Promise<Measurement[]> {
  const importSeconds: number[] = [];
  const copySeconds: number[] = [];
  let documents = 0;
  for (let i = 0; i < options.repeats; i++) {
    const engine = await makeEngine(name, options.databaseUrl);
    const empty = await makeEngine(name, options.databaseUrl);
    try {
      const imported = await timeImport(engine, exportPath);
      documents = imported.documents;
      importSeconds.push(imported.seconds);
      copySeconds.push(await copyInto(empty, imported.dumps));
    } finally {
      await engine.remove();
      await empty.remove();
    }
  }
  const ratio = median(copySeconds) / median(importSeconds);
  const rate = (seconds: readonly number[]) => Math.round(documents / median(seconds));
  const rates = `${rate(importSeconds)} / ${rate(copySeconds)} documents/s`;
  const measure = `import rate / COPY of the same rows (${rates}; ${documents} documents)`;
  return [{ part: 'import', engine: name, measure, ...atLeast(SMALLEST_RATIO, ratio) }];
}

async function timeImport(
  engine: Engine,
  exportPath: string,
): Promise<{ seconds: number; documents: number; dumps: readonly TableDump[] }> {
  const server = await startServer(engine);
  try {
    const startedMs = performance.now();
    const { created } = await importInto(server, 'personal', exportPath);
    const seconds = (performance.now() - startedMs) / 1_000;
    return { seconds, documents: created, dumps: await dumpTables(server, engine.folder) };
  } finally {
    await server.close();
  }
}
