import { parseArgs } from 'node:util';
import { loadSettings } from '../src/config/index.js';

export const PARTS = [
  'import',
  'search',
  'query',
  'memory',
  'start',
  'provider',
  'qa',
  'cached-query',
  'optimizer',
  'cache',
  'queue',
  'durability',
  'events',
] as const;
export type Part = (typeof PARTS)[number];

export const ENGINES = ['postgresql', 'embedded'] as const;
export type EngineName = (typeof ENGINES)[number];

export interface BenchOptions {
  readonly messages: number;
  readonly parts: readonly Part[];
  readonly engines: readonly EngineName[];
  /** How often each timed section runs; the median counts. */
  readonly repeats: number;
  /** Runs against a failing provider. */
  readonly runs: number;
  /** A PostgreSQL server on which databases may be created; null leaves PostgreSQL out. */
  readonly databaseUrl: string | null;
}

export const USAGE = `Usage: npm run bench -- [options]
  --messages N          size of the generated corpus (default 100000)
  --only PART           ${PARTS.join(' | ')}; may be given several times
  --engine ENGINE       ${ENGINES.join(' | ')}; both when left out
  --repeats N           repeats of each timed section (default 3)
  --runs N              runs against a failing provider (default 1000)
  --database-url URL    PostgreSQL server (default DATABASE_URL); its databases are the run's own and dropped`;

/** Reads the command line. Throws `TypeError` with what is wrong. */
export function readOptions(args: readonly string[]): BenchOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: { type: 'string', default: '100000' },
      only: { type: 'string', multiple: true, default: [...PARTS] },
      engine: { type: 'string', multiple: true, default: [...ENGINES] },
      repeats: { type: 'string', default: '3' },
      runs: { type: 'string', default: '1000' },
      'database-url': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  return {
    messages: positive('--messages', values.messages),
    repeats: positive('--repeats', values.repeats),
    runs: positive('--runs', values.runs),
    parts: PARTS.filter((part) => known('--only', PARTS, values.only).includes(part)),
    engines: ENGINES.filter((engine) => known('--engine', ENGINES, values.engine).includes(engine)),
    databaseUrl: values['database-url'] ?? loadSettings().database.url,
  };
}

/** A whole number above 0; throws `TypeError` for any other text. */
export function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new TypeError(`${name} must be a whole number above 0, not "${text}"`);
}

function known(name: string, names: readonly string[], given: readonly string[]): readonly string[] {
  const stranger = given.find((each) => !names.includes(each));
  if (stranger === undefined) return given;
  throw new TypeError(`${name} must be ${names.join(', ')}, not "${stranger}"`);
}
