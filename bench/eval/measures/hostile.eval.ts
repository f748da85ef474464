import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintToken } from '../../../src/auth/index.js';
import { parseSettings, type Settings } from '../../../src/config/index.js';
import { createApp } from '../../../src/http/index.js';
import { SystemClock } from '../../../src/shared/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import {
  attackEndpoint,
  endpointsOf,
  type HostileReport,
  type OpenApi,
  type Send,
} from '../hostile/hostile-endpoints.js';
import { attackWithContents, attackWithTexts } from '../hostile/hostile-imports.js';
import { type HostileSet, OWN_HOSTILE_SET } from '../hostile/hostile-set.js';
import { storageBreaches, unexpectedImports } from '../hostile/hostile-storage.js';

/** Every so many of the set go to every place of every endpoint; importers and the store take all. */
const EVERY_NTH = 10;
const SHOWN = 20;

interface NamedSet extends HostileSet {
  readonly name: string;
}

/**
 * Hostile texts and contents through every importer and every endpoint of an application with an embedded database:
 * how many do harm. A crash, a silence, a 5xx, something stored wrongly is harm; each is told on standard error.
 */
export async function evaluateHostileInputs(data: DataFolder): Promise<EvalRow[]> {
  const rows: EvalRow[] = [];
  for (const set of setsIn(data)) {
    rows.push(...(await rowsOf(set, data.split)));
  }
  return rows;
}

function setsIn(data: DataFolder): NamedSet[] {
  const sets: NamedSet[] = [];
  if (data.has('bad-blns', 'blns.json')) {
    const texts = JSON.parse(readFileSync(data.path('bad-blns', 'blns.json'), 'utf8')) as string[];
    sets.push({ name: 'bad-blns', texts, contents: texts.map((text) => Buffer.from(text)) });
  }
  for (const folder of ['test_parsing', 'test_transform']) {
    if (!data.has('bad-json', folder)) continue;
    const names = readdirSync(data.path('bad-json', folder)).sort();
    const contents = names.map((name) => readFileSync(data.path('bad-json', folder, name)));
    sets.push({ name: `bad-json ${folder}`, texts: contents.map(String), contents });
  }
  if (data.has('bad-utf8', 'utf8tests.txt')) {
    const content = readFileSync(data.path('bad-utf8', 'utf8tests.txt'));
    const lines = content.toString('latin1').split('\n');
    const contents = [content, ...lines.map((line) => Buffer.from(line, 'latin1'))];
    sets.push({ name: 'bad-utf8', texts: contents.slice(1).map(String), contents });
  }
  if (data.has('bad-mojibake-ftfy', 'synthetic.json')) {
    const cases = JSON.parse(readFileSync(data.path('bad-mojibake-ftfy', 'synthetic.json'), 'utf8')) as {
      readonly original: string;
    }[];
    const texts = cases.map(({ original }) => original);
    sets.push({ name: 'bad-mojibake-ftfy', texts, contents: texts.map((text) => Buffer.from(text)) });
  }
  return sets.length === 0 ? [{ name: 'own', ...OWN_HOSTILE_SET }] : sets;
}

async function rowsOf(set: NamedSet, split: string): Promise<EvalRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const settings = parseSettings({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    MCG_DATA_DIR: join(folder, 'data'),
    RATE_LIMIT_PER_MINUTE: '1000000',
  });
  const app = await createApp(settings);
  try {
    const send = await sendingTo(app, settings);
    const stored = await storageBreaches(send, set.texts);
    const reports = {
      'contents through importers': await attackWithContents(folder, set.contents),
      'texts through importers': await attackWithTexts(folder, set.texts),
      'texts stored otherwise': { tried: set.texts.length, breaches: stored },
      'requests to endpoints': await attackAll(set, send),
    };
    return Object.entries(reports).map(([metric, report]) => rowOf(set.name, split, metric, report));
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function attackAll(set: HostileSet, send: Send): Promise<HostileReport> {
  const response = await send({ method: 'GET', url: '/openapi.json', headers: {} });
  const isChosen = (_: unknown, at: number) => at % EVERY_NTH === 0;
  const few = { texts: set.texts.filter(isChosen), contents: set.contents.filter(isChosen) };
  const breaches: string[] = [];
  let tried = 0;
  for (const endpoint of endpointsOf(JSON.parse(response.body) as OpenApi)) {
    const report = await attackEndpoint(endpoint, few, send);
    breaches.push(...report.breaches);
    tried += report.tried;
  }
  return { tried, breaches: [...breaches, ...(await unexpectedImports(send))] };
}

async function sendingTo(app: Awaited<ReturnType<typeof createApp>>, { auth }: Settings): Promise<Send> {
  const scopes = ['query', 'corpora:read', 'corpora:write', 'admin', 'review', 'audit'] as const;
  const token = await mintToken(auth, new SystemClock(), { userId: 'hostile', scopes, minutes: 24 * 60 });
  return async ({ payload, headers, ...request }) => {
    const response = await app.inject({
      ...request,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(payload === undefined ? {} : { payload: Buffer.from(payload) }),
    } as Parameters<typeof app.inject>[0]);
    return response as Awaited<ReturnType<Send>>;
  };
}

function rowOf(dataset: string, split: string, metric: string, { tried, breaches }: HostileReport): EvalRow {
  for (const breach of breaches.slice(0, SHOWN)) process.stderr.write(`${dataset}, ${metric}: ${breach}\n`);
  const measure = 'hostile';
  return { measure, dataset, split, metric, value: breaches.length, floor: null, reference: 0, rows: tried };
}
