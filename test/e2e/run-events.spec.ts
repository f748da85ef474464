import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestApp, type TestApp } from '../support/app.js';
import { EventReader, type SentEvent } from '../support/event-reader.js';
import { expectProblem, type Headers, importText, TestClient } from '../support/http.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { writeAnswer } from '../support/openai-stub-writer.js';

const NOTE =
  'I decided to heat the greenhouse with a small electric heater at night. It keeps the seedlings above five degrees.';
const PROMPT = 'What did I decide about heating the greenhouse?';
const NO_RUN = '0198c0de-0000-7000-8000-000000000000';

/** What a stream is compared by: when something was told differs between the wire and the journal. */
function timeless(events: readonly SentEvent[]) {
  return events.map(({ id, name, data: { at: _at, ...data } }) => ({ id, name, data }));
}

describe('events of a run over HTTP', () => {
  let test: TestApp;
  let stub: OpenAiStub;
  let url: string;
  let mara: TestClient;
  let otto: Headers;
  let admin: Headers;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    test = await startTestApp({
      GEN_PROVIDER: 'openai',
      FIREBREAK_PROVIDER: 'mvlm',
      OPENAI_BASE_URL: stub.baseUrl,
      OPENAI_API_KEY: 'test-key',
      OPENAI_MAX_RETRIES: '0',
      EVENTS_MAX_READERS: '2',
    });
    await test.app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(test.app.getHttpServer().address() as AddressInfo).port}`;
    mara = new TestClient(test, await test.authorize('mara', 'query', 'corpora:read', 'corpora:write'));
    otto = await test.authorize('otto', 'query');
    admin = await test.authorize('root', 'admin');
    await importText(mara, 'personal', NOTE);
  });

  beforeEach(() => {
    stub.calls = [];
    stub.faultFor = () => null;
    stub.write = writeAnswer;
  });

  afterAll(async () => {
    await test.close();
    await stub.stop();
  });

  const ask = (headers: Headers = {}) =>
    EventReader.open(`${url}/query`, { ...mara.headers, ...headers }, { prompt: PROMPT });
  const follow = (taskId: string, headers: Headers = mara.headers) =>
    EventReader.open(`${url}/runs/${taskId}/events`, headers);
  const taskOf = (reader: EventReader) => String(reader.events[0]!.data['task_id']);

  it('are streamed with the answer, in order, and told again from the journal word for word', async () => {
    const reader = await ask({ 'x-request-id': 'stream-1' });
    expect(reader.status).toBe(200);
    expect(reader.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': 'stream-1',
    });
    const events = await reader.all();
    const answer = events.at(-1)!;
    expect(answer).toMatchObject({ name: 'answer', id: null, data: { agent_role: 'summarizer' } });
    const told = events.slice(0, -1);
    expect(told.at(0)).toMatchObject({ name: 'run.started', id: 2 });
    expect(told.at(-1)).toMatchObject({ name: 'run.succeeded', data: { outcome: 'answered' } });
    const stages = told.filter(({ name }) => name === 'stage.finished').map(({ data }) => data['role']);
    expect(stages).toEqual(['ideator', 'drafter', 'critic', 'revisor', 'summarizer']);
    const ids = told.map(({ id }) => id!);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(told.every(({ data }) => data['task_id'] === answer.data['task_id'])).toBe(true);
    // The whole text is in the answer, and in nothing before it.
    expect(JSON.stringify(answer)).toContain('greenhouse');
    expect(JSON.stringify(told)).not.toContain('greenhouse');

    const again = await follow(taskOf(reader));
    expect(timeless(await again.all())).toEqual(timeless(told));
  });

  it('go on after any of them with exactly the rest, and after the last with nothing', async () => {
    const whole = await ask();
    const told = (await whole.all()).slice(0, -1);
    for (const [at, { id }] of told.entries()) {
      const reader = await follow(taskOf(whole), { ...mara.headers, 'last-event-id': String(id) });
      const isLast = at === told.length - 1;
      expect(reader.status).toBe(isLast ? 204 : 200);
      expect(timeless(await reader.all())).toEqual(timeless(told.slice(at + 1)));
    }
  });

  it('are told of a run at work to whoever comes, then as they happen, up to the end', async () => {
    const release = Promise.withResolvers<void>();
    stub.faultFor = (ordinal) => (ordinal === 1 ? { kind: 'until', released: release.promise } : null);
    const first = await ask();
    await first.has('stage.finished');
    const second = await follow(taskOf(first), admin);
    await second.has('stage.finished');
    expect(second.names).not.toContain('run.succeeded');
    release.resolve();
    const told = (await first.all()).slice(0, -1);
    expect(timeless(await second.all())).toEqual(timeless(told));
  });

  it('go on where a reader hung up, and the run goes on without it', async () => {
    const release = Promise.withResolvers<void>();
    stub.faultFor = (ordinal) => (ordinal === 1 ? { kind: 'until', released: release.promise } : null);
    const first = await ask();
    await first.has('stage.finished');
    first.close();
    const had = first.events;
    const second = await follow(taskOf(first), { ...mara.headers, 'last-event-id': String(had.at(-1)!.id) });
    release.resolve();
    const rest = await second.all();
    expect(rest.at(-1)).toMatchObject({ name: 'run.succeeded' });
    const whole = await (await follow(taskOf(first))).all();
    expect(timeless([...had, ...rest])).toEqual(timeless(whole));
  });

  it('are for as many readers as there are places, and a place is free as soon as its reader is gone', async () => {
    const release = Promise.withResolvers<void>();
    stub.faultFor = (ordinal) => (ordinal === 1 ? { kind: 'until', released: release.promise } : null);
    const asked = await ask();
    await asked.has('stage.finished');
    const taskId = taskOf(asked);
    const head = await test.app.inject({
      method: 'HEAD',
      url: `/runs/${taskId}/events`,
      headers: mara.headers,
    });
    expect(head.headers['content-type']).toMatch(/^text\/event-stream/);
    const first = await follow(taskId);
    const one = await mara.get(`/runs/${taskId}/events`);
    expectProblem(one, 429, 'pipeline.own_readers_full');
    const queued = await mara.post(
      '/query',
      { prompt: PROMPT, async: true },
      { accept: 'text/event-stream' },
    );
    expectProblem(queued, 429, 'pipeline.own_readers_full');
    const second = await follow(taskId, admin);
    const other = await test.authorize('anna', 'admin');
    expectProblem(
      await new TestClient(test, other).get(`/runs/${taskId}/events`),
      503,
      'pipeline.readers_full',
    );
    first.close();
    let third = await follow(taskId);
    while (third.status !== 200) {
      await sleep(5);
      third = await follow(taskId);
    }
    release.resolve();
    expect((await third.all()).at(-1)).toMatchObject({ name: 'run.succeeded' });
    await second.all();
  });

  it('tell why there is no answer, with the problem document, once the stream has begun', async () => {
    stub.faultFor = (ordinal) => (ordinal === 1 ? { kind: 'hang' } : null);
    const reader = await ask();
    await reader.has('stage.finished');
    const deleted = await mara.delete(`/runs/${taskOf(reader)}`);
    expect(deleted.statusCode).toBe(202);
    const events = await reader.all();
    expect(events.slice(-2)).toMatchObject([
      { name: 'run.cancelled', data: { code: 'pipeline.cancelled' } },
      {
        name: 'problem',
        id: null,
        data: { status: 409, code: 'pipeline.cancelled', request_id: reader.headers['x-request-id'] },
      },
    ]);
    expect(timeless(await (await follow(taskOf(reader))).all())).toEqual(timeless(events.slice(0, -1)));
  });

  it('are problem documents before anything was streamed', async () => {
    const bad = await mara.post('/query', { prompt: '' }, { accept: 'text/event-stream' });
    expectProblem(bad, 400, 'http.invalid_input');
    expectProblem(await mara.get(`/runs/${NO_RUN}/events`), 404, 'pipeline.run_not_found');
    const wrongId = await mara.get(`/runs/${NO_RUN}/events`, { 'last-event-id': 'x' });
    expectProblem(wrongId, 400, 'pipeline.event_id_invalid');
  });

  it('are for the owner and for admins, without texts, and for nobody else', async () => {
    const reader = await ask();
    await reader.all();
    const taskId = taskOf(reader);
    expectProblem(
      await new TestClient(test, otto).get(`/runs/${taskId}/events`),
      404,
      'pipeline.run_not_found',
    );
    const seen = await follow(taskId, admin);
    await seen.all();
    expect(seen.text).not.toMatch(/greenhouse|seedlings/);
    expectProblem(await new TestClient(test, {}).get(`/runs/${taskId}/events`), 401, 'auth.token_missing');
  });

  it('of a run that was given a kept answer are its beginning and its end, then the answer', async () => {
    const body = { prompt: PROMPT };
    const key = { 'idempotency-key': 'the-same' };
    const first = await EventReader.open(`${url}/query`, { ...mara.headers, ...key }, body);
    const events = await first.all();
    const again = await EventReader.open(`${url}/query`, { ...mara.headers, ...key }, body);
    expect(timeless(await again.all())).toEqual(timeless(events));
  });

  it('of an async run begin in the queue and end with the answer', async () => {
    const reader = await EventReader.open(`${url}/query`, mara.headers, { prompt: PROMPT, async: true });
    const events = await reader.all();
    expect(events.map(({ name }) => name).slice(0, 2)).toEqual(['run.queued', 'run.started']);
    expect(events.slice(-2)).toMatchObject([{ name: 'run.succeeded' }, { name: 'answer' }]);
    expect(timeless(await (await follow(taskOf(reader))).all())).toEqual(timeless(events.slice(0, -1)));
  });

  it('are not sent to who prefers JSON', async () => {
    const response = await mara.post(
      '/query',
      { prompt: PROMPT },
      { accept: 'application/json, text/event-stream' },
    );
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    expect(response.json()).toMatchObject({ agent_role: 'summarizer' });
  });
});

describe('events when their process stops', () => {
  it('end with a word that tells readers to come back', async () => {
    const stub = await OpenAiStub.start();
    const test = await startTestApp({
      GEN_PROVIDER: 'openai',
      OPENAI_BASE_URL: stub.baseUrl,
      OPENAI_API_KEY: 'test-key',
      SHUTDOWN_GRACE_MS: '50',
    });
    await test.app.listen(0, '127.0.0.1');
    const url = `http://127.0.0.1:${(test.app.getHttpServer().address() as AddressInfo).port}`;
    const headers = await test.authorize('mara', 'query', 'corpora:read', 'corpora:write');
    await importText(new TestClient(test, headers), 'personal', NOTE);
    stub.faultFor = () => ({ kind: 'hang' });
    const asking = await EventReader.open(`${url}/query`, headers, { prompt: PROMPT });
    await asking.has('ask.started');
    const taskId = String(asking.events[0]!.data['task_id']);
    const reader = await EventReader.open(`${url}/runs/${taskId}/events`, headers);
    await reader.has('ask.started');
    await test.close();
    const last = (await reader.all()).at(-1);
    expect(last).toEqual({ id: null, name: 'end', data: { reason: 'shutting_down' } });
    expect(reader.text).toContain('retry: 2000');
    expect((await asking.all()).at(-1)).toMatchObject({
      name: 'problem',
      data: { code: 'pipeline.handed_over' },
    });
    await stub.stop();
  });
});
