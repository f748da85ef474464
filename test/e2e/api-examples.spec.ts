import { writeFileSync } from 'node:fs';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ImportRepository } from '../../src/corpus/imports/import.repository.js';
import { importOptionsOf } from '../../src/corpus/imports/import-options.js';
import { ImportTally } from '../../src/corpus/imports/import-tally.js';
import { ImportService } from '../../src/corpus/index.js';
import { API_EXAMPLES, type ApiExample } from '../../src/http/api-examples.js';
import { type AnswerSchema, mismatches, schemaOf } from '../../src/http/example-schema.js';
import { SCOPES } from '../../src/shared/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { setState } from '../support/queued-runs.js';

const FILE = 'src/http/api-examples.json';
/** With this set, the answers of the examples are written anew: look at what changed. */
const RENEWS = process.env['RENEW_API_EXAMPLES'] === '1';
const ACTOR = { userId: 'mara', scopes: SCOPES };
const PATH_NAME = /\{(\w+)\}/g;

let test: TestApp;
let authorization: string;
let document: OpenAPIObject;
const renewed: Record<string, ApiExample> = { ...API_EXAMPLES };

beforeAll(async () => {
  test = await startTestApp({ METRICS_ENABLED: 'true' });
  ({ authorization } = await test.authorize(ACTOR.userId, ...SCOPES));
  document = (await test.app.inject('/openapi.json')).json<OpenAPIObject>();
});

/** Which examples take something away that others look at. */
const TAKES_AWAY = /^(?:DELETE \/(?:corpora|voice)|POST .*\/undo)/;
let isWhole = false;

beforeEach(async () => {
  if (isWhole) return;
  isWhole = true;
  const imports = test.app.get(ImportService);
  await imports.run(ACTOR, { corpus: 'personal', path: 'examples/personal/conversations.json' });
  await imports.run(ACTOR, { corpus: 'published', path: 'examples/published' });
  await imports.run(ACTOR, { corpus: 'social', path: 'examples/social' });
});

afterAll(async () => {
  await test.close();
  if (RENEWS) writeFileSync(FILE, `${JSON.stringify(renewed, null, 2)}\n`);
});

type Values = Record<string, unknown>;

/** What an example needs to be there, and the values that only then are known. */
const PREPARATIONS: Readonly<
  Record<string, () => Promise<{ path?: Values; query?: Values; body?: Values }>>
> = {
  'GET /corpora/{corpus}/documents/{id}': aDocument,
  'POST /corpora/{corpus}/documents/{id}/tags': aDocument,
  'DELETE /corpora/{corpus}/documents/{id}': aDocument,
  'DELETE /corpora/{corpus}/documents': () => theNumber('social'),
  'DELETE /corpora/{corpus}': () => theNumber('published'),
  'GET /imports/{import_id}': anImport,
  'POST /imports/{import_id}/undo': anImport,
  'DELETE /imports/{import_id}': aRunningImport,
  'GET /runs': aRun,
  'GET /runs/{task_id}': aRun,
  'GET /runs/{task_id}/events': aRun,
  'DELETE /runs/{task_id}': aCancelledRun,
  'POST /runs/{task_id}/retry': aFailedRun,
  'POST /runs/{task_id}/replay': aRun,
  'POST /runs/{task_id}/decision': aHeldRun,
};

async function aDocument() {
  const { body } = await call('GET', '/corpora/personal/documents?limit=1');
  return { path: { id: body.documents[0].document_id } };
}

async function theNumber(corpus: string) {
  const { body } = await call('GET', '/corpora');
  const found = body.corpora.find((each: { corpus: string }) => each.corpus === corpus);
  return { query: { confirm: found.document_count } };
}

async function anImport() {
  await test.app.get(ImportService).run(ACTOR, { path: 'examples/social', corpus: 'published' });
  const { body } = await call('GET', '/imports?limit=1');
  return { path: { import_id: body.imports[0].import_id } };
}

/** One that another process works on. */
async function aRunningImport() {
  const id = '01987f3a-9b77-7c44-8e02-1d5a7f3c6b22';
  const target = { source: 'markdown', corpus: 'social' } as const;
  const report = new ImportTally().report();
  await test.app.get(ImportRepository, { strict: false }).create(
    {
      id,
      ownerId: 'mara',
      actorId: 'mara',
      targets: [target],
      options: importOptionsOf({}),
      upload: null,
      report,
    },
    { owner: 'elsewhere', seconds: 60 },
  );
  return { path: { import_id: id } };
}

async function aRun() {
  const { body } = await call('POST', '/query', {
    prompt: 'What did I decide about heating the greenhouse?',
  });
  return { path: { task_id: body.task_id } };
}

/** To cancel it again changes nothing. */
async function aCancelledRun() {
  const run = await aRun();
  await setState(test.app.get(DataSource), String(run.path.task_id), 'cancelled');
  return run;
}

async function aFailedRun() {
  const run = await aRun();
  const failure = {
    code: 'pipeline.dead_letter',
    kind: 'unavailable',
    message: 'm',
    hint: 'h',
    retryable: true,
  };
  await test.app
    .get(DataSource)
    .query(`UPDATE runs SET state = 'failed', failure = $2 WHERE task_id = $1`, [run.path.task_id, failure]);
  return run;
}

async function aHeldRun() {
  const { body } = await call('POST', '/query', {
    prompt: 'What message did I write to pay the nursery deposit?',
  });
  const { body: run } = await call('GET', `/runs/${body.task_id}`);
  return { path: { task_id: body.task_id }, body: { text_sha256: run.held.sha256 } };
}

async function call(method: 'GET' | 'POST', url: string, payload?: object) {
  const response = await test.app.inject({
    method,
    url,
    headers: { authorization },
    ...(payload && { payload }),
  });
  return { status: response.statusCode, body: response.json() };
}

const operations = Object.keys(API_EXAMPLES);

it('every operation that is described has an example, and every example an operation', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.toSorted()).toEqual(operations.toSorted());
});

describe('as it stands in /openapi.json', () => {
  it.each(operations)('%s works, and is answered as described', async (name) => {
    const example = API_EXAMPLES[name]!;
    isWhole = !TAKES_AWAY.test(name);
    const { url, headers, payload, answer } = requestIn(
      name,
      await (PREPARATIONS[name] ?? (async () => ({})))(),
    );
    const method = name.split(' ')[0] as 'GET' | 'POST' | 'DELETE';
    const response = await test.app.inject({
      method,
      url,
      headers: { authorization, ...headers },
      ...(payload && { payload }),
    });
    expect({
      status: response.statusCode,
      body: response.statusCode === example.status ? '' : response.body,
    }).toEqual({
      status: example.status,
      body: '',
    });
    const type = String(response.headers['content-type'] ?? '').split(';')[0]!;
    const body = response.body === '' ? null : type === 'application/json' ? response.json() : response.body;
    if (RENEWS) renewed[name] = renewedExample(example, body, type);
    else expect(mismatches(body, answer)).toEqual([]);
  });
});

interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly example?: unknown }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: AnswerSchema }>> }>
  >;
}

/** The request as the description gives it, with the values that are only known now. */
function requestIn(name: string, values: { path?: Values; query?: Values; body?: Values }) {
  const [method, path] = name.split(' ') as [string, string];
  const operation = document.paths[path]![method.toLowerCase() as 'get'] as unknown as Described;
  const inPlace = (place: string): Values =>
    Object.fromEntries(
      (operation.parameters ?? [])
        .filter((each) => each.in === place && each.example !== undefined)
        .map((each) => [each.name, each.example]),
    );
  const places = { ...inPlace('path'), ...values.path };
  const query = Object.entries({ ...inPlace('query'), ...values.query }).map(
    ([key, value]) => `${key}=${encodeURIComponent(String(value))}`,
  );
  const filled = path.replace(PATH_NAME, (_, key: string) => encodeURIComponent(String(places[key])));
  const [type, content] =
    Object.entries(operation.requestBody?.content ?? {}).find(([, each]) => each.example !== undefined) ?? [];
  const body =
    typeof content?.example === 'object' ? { ...content.example, ...values.body } : content?.example;
  const given = operation.responses[String(API_EXAMPLES[name]!.status)]!;
  return {
    url: query.length > 0 ? `${filled}?${query.join('&')}` : filled,
    headers: { ...(inPlace('header') as Record<string, string>), ...(type && { 'content-type': type }) },
    payload: body as string | object | undefined,
    answer: Object.values(given.content ?? {})[0]?.schema ?? schemaOf(null),
  };
}

function renewedExample(example: ApiExample, body: unknown, type: string): ApiExample {
  const { responseType: _, ...rest } = example;
  return {
    ...rest,
    response: shortened(body),
    ...(body !== null && type !== 'application/json' && { responseType: type }),
  };
}

/** Enough to see what there is: of a list one of each kind, of a text its beginning. */
function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > 160 ? `${value.slice(0, 160)}…` : value;
  if (Array.isArray(value)) {
    const kinds = new Map(value.map((each) => [kindOf(each), each]).toReversed() as [string, unknown][]);
    return [...kinds.values()].toReversed().slice(0, 4).map(shortened);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each)]));
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.keys(value).sort().join() : typeof value;
}
