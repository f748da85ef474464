import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationProcess } from '../engine/application-process.js';
import { type Engine, makeEngine } from '../engine/engine.js';
import type { BenchOptions, EngineName } from '../options.js';
import { type Measurement, milliseconds } from '../report/measurement.js';
import { median } from '../report/statistics.js';

const POLL_MS = 5;

/** From the start of the process to the first 200 of `/health/ready`: on an empty database and on one that is set up. */
export async function benchStart(name: EngineName, options: BenchOptions): Promise<Measurement[]> {
  const firstMs: number[] = [];
  const secondMs: number[] = [];
  const bareMs: number[] = [];
  for (let i = 0; i < options.repeats; i++) {
    const engine = await makeEngine(name, options.databaseUrl);
    try {
      firstMs.push(await startMs(engine));
      secondMs.push(await startMs(engine));
      bareMs.push(await bareStartMs());
    } finally {
      await engine.remove();
    }
  }
  const row = (measure: string, value: number): Measurement => {
    const times = `${(value / median(bareMs)).toFixed(1)} x a bare node`;
    return { part: 'start', engine: name, measure: `${measure} (${times})`, value: milliseconds(value) };
  };
  return [
    row('first start to ready, schema made', median(firstMs)),
    row('second start to ready', median(secondMs)),
  ];
}

async function startMs(engine: Engine): Promise<number> {
  const startedMs = performance.now();
  const server = await ApplicationProcess.start(engine);
  try {
    while (!(await isReady(server.url))) await sleep(POLL_MS);
    return performance.now() - startedMs;
  } finally {
    await server.stop();
  }
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health/ready`);
  await response.arrayBuffer();
  return response.ok;
}

async function bareStartMs(): Promise<number> {
  const startedMs = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { env: {} }), 'exit');
  return performance.now() - startedMs;
}
