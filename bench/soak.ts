import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSettings, packageInfo } from '../src/config/index.js';
import { positive } from './options.js';
import { type SoakOptions, soak } from './parts/soak.bench.js';
import { soakPlot } from './parts/soak-plot.js';
import { measurementTable } from './report/measurement.js';

const MIB = 1024 ** 2;

const USAGE = `Usage: npm run bench:soak -- [options]
  --queries N           queries, most of them different (default 20000)
  --documents N         documents of the generated corpus (default 50000)
  --limit-mb N          memory that the server may use (default 512)
  --out FILE.svg        where to write the plot (default .bench/soak.svg)
  --database-url URL    PostgreSQL server (default DATABASE_URL); its database is the run's own and dropped`;

interface Command extends SoakOptions {
  readonly out: string;
}

/** Reads the command line; null asks for help. Throws `TypeError` with what is wrong. */
function readCommand(args: readonly string[]): Command | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      queries: { type: 'string', default: '20000' },
      documents: { type: 'string', default: '50000' },
      'limit-mb': { type: 'string', default: '512' },
      out: { type: 'string', default: join(packageInfo().root, '.bench', 'soak.svg') },
      'database-url': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const databaseUrl = values['database-url'] ?? loadSettings().database.url;
  if (databaseUrl === null) throw new TypeError('the soak needs PostgreSQL: DATABASE_URL or --database-url');
  return {
    queries: positive('--queries', values.queries),
    documents: positive('--documents', values.documents),
    limitMb: positive('--limit-mb', values['limit-mb']),
    out: resolve(values.out),
    databaseUrl,
  };
}

async function run(command: Command): Promise<boolean> {
  const { measurements, samples } = await soak(command);
  const { queries, documents, limitMb, out } = command;
  const title = `${queries} queries over ${documents} documents in ${limitMb} MiB`;
  writeFileSync(out, soakPlot(samples, limitMb * MIB, title));
  const load = loadavg()[0]!.toFixed(1);
  process.stdout.write(
    `node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores, load ${load}; plot: ${out}\n\n${measurementTable(measurements)}\n`,
  );
  return measurements.every(({ goal }) => goal?.met !== false);
}

try {
  const command = readCommand(process.argv.slice(2));
  if (command === null) process.stdout.write(`${USAGE}\n`);
  else process.exitCode = (await run(command)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
