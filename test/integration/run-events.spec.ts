import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { isEnd } from '../../src/pipeline/events/run-event.js';
import { SystemIds } from '../../src/shared/index.js';
import { describeNotifications } from '../contract/notifications.contract.js';
import { type BusesUnderTest, describeRunEvents } from '../contract/run-events.contract.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { EventReader } from '../support/event-reader.js';
import { expectProblem, type Headers, importText, TestClient } from '../support/http.js';
import { madeUpStages, stepsOf } from '../support/made-up-runs.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { openSharedDatabase, type SharedDatabase } from '../support/postgres-notifications.js';
import { openBus, storeRun } from '../support/run-buses.js';

const NOTE =
  'I decided to heat the greenhouse with a small electric heater at night. It keeps the seedlings above five degrees.';
const QUERY = { prompt: 'What did I decide about heating the greenhouse?' };

describeNotifications('between processes on PostgreSQL', async () => {
  const database = await openSharedDatabase();
  return {
    speaker: database.notifications(),
    listener: database.notifications(),
    breakLine: () => database.breakListeners(),
    close: () => database.close(),
  };
});

async function openPair(): Promise<BusesUnderTest & { readonly database: SharedDatabase }> {
  const database = await openSharedDatabase();
  const worker = await openBus(database.notifications(), database.dataSource);
  const reader = await openBus(database.notifications(), database.dataSource);
  return {
    database,
    worker: worker.bus,
    reader: reader.bus,
    store: (taskId, state) => storeRun(database.dataSource, taskId, state),
    close: async () => {
      worker.stop();
      reader.stop();
      await database.close();
    },
  };
}

describeRunEvents('between two processes on PostgreSQL', openPair, 15);

describe('run events whose way is cut', () => {
  it('arrive without a gap when the listeners are back', async () => {
    const { database, worker, reader, close } = await openPair();
    const taskId = new SystemIds().next();
    await storeRun(database.dataSource, taskId, 'running');
    const [stages] = fc.sample(madeUpStages, { numRuns: 1, seed: 11 });
    const steps = stepsOf(stages!);
    const progress = worker.open(taskId);
    const watch = reader.watch(taskId, 0);
    const ids: number[] = [];
    for (const [at, step] of steps.entries()) {
      step(progress);
      if (at === Math.floor(steps.length / 2)) await database.breakListeners();
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (let news = await watch.next(); news; news = await watch.next()) {
      if (news.type !== 'event') continue;
      ids.push(news.event.id);
      if (isEnd(news.event)) break;
    }
    expect(ids).toEqual(progress.after(0).map(({ id }) => id));
    watch.close();
    worker.close(taskId);
    await close();
  });
});

describe('two replicas', () => {
  let database: SharedDatabase;
  let stub: OpenAiStub;
  let apps: TestApp[];
  let urls: string[];
  let headers: Headers;
  let here: TestClient;
  let there: TestClient;

  beforeAll(async () => {
    database = await openSharedDatabase();
    stub = await OpenAiStub.start();
    const environment = {
      DATABASE_URL: database.url,
      JWT_SECRET_KEY: 'a secret of the tests, long enough to sign with',
      GEN_PROVIDER: 'openai',
      FIREBREAK_PROVIDER: 'mvlm',
      OPENAI_BASE_URL: stub.baseUrl,
      OPENAI_API_KEY: 'test-key',
      OPENAI_MAX_RETRIES: '0',
    };
    apps = [await startTestApp(environment), await startTestApp({ ...environment, QUEUE_WORKERS: '0' })];
    for (const { app } of apps) await app.listen(0, '127.0.0.1');
    urls = apps.map(({ app }) => `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
    headers = await apps[0]!.authorize('mara', 'query', 'corpora:read', 'corpora:write');
    here = new TestClient(apps[0]!, headers);
    there = new TestClient(apps[1]!, headers);
    await importText(here, 'personal', NOTE);
  });

  beforeEach(() => {
    stub.calls = [];
    stub.abandoned = 0;
  });

  afterAll(async () => {
    for (const app of apps) await app.close();
    await stub.stop();
    await database.close();
  });

  const names = (reader: EventReader) => reader.events.map(({ id, name }) => `${id} ${name}`);

  it('tell a run of the one to readers of the other as it happens', async () => {
    const release = Promise.withResolvers<void>();
    stub.faultFor = (ordinal) => (ordinal === 1 ? { kind: 'until', released: release.promise } : null);
    const near = await EventReader.open(`${urls[0]}/query`, headers, QUERY);
    await near.has('stage.finished');
    const taskId = String(near.events[0]!.data['task_id']);
    const far = await EventReader.open(`${urls[1]}/runs/${taskId}/events`, headers);
    await far.has('stage.finished');
    expect(far.names).not.toContain('run.succeeded');
    release.resolve();
    const events = await near.all();
    await far.all();
    expect(names(far)).toEqual(names(near).slice(0, -1));
    expect(events.at(-1)!.name).toBe('answer');
  });

  it('tell a queued run to a reader that was there before it began, wherever it begins', async () => {
    stub.faultFor = () => null;
    const far = await EventReader.open(`${urls[1]}/query`, headers, { ...QUERY, async: true });
    const events = await far.all();
    expect(events.at(0)!.name).toBe('run.queued');
    expect(events.slice(-2).map(({ name }) => name)).toEqual(['run.succeeded', 'answer']);
  });

  it('cancel a run of the one through the other', async () => {
    stub.faultFor = () => ({ kind: 'hang' });
    const waiting = here.post('/query', QUERY);
    while (stub.calls.length === 0) await sleep(5);
    const { runs } = (await there.get('/runs?limit=1')).json<{ runs: { task_id: string }[] }>();
    const far = await EventReader.open(`${urls[1]}/runs/${runs[0]!.task_id}/events`, headers);
    expect((await there.delete(`/runs/${runs[0]!.task_id}`)).statusCode).toBe(202);
    expectProblem(await waiting, 409, 'pipeline.cancelled');
    while (stub.abandoned === 0) await sleep(5);
    expect((await far.all()).at(-1)).toMatchObject({ name: 'run.cancelled' });
  });
});
