import { setTimeout as sleep } from 'node:timers/promises';
import type { LightMyRequestResponse } from 'fastify';
import type { TestApp } from './app.js';

export type Headers = Readonly<Record<string, string>>;

/** What is said of a response beside its status, whatever carried it. */
export interface PlainResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Signs of a program's insides: stack frames, source files, folders of packages. */
const INSIDES = /\n\s+at |node_modules|\.[cm]?[jt]s:\d+|Error:|Exception/;

/** Checks that a response is a problem document that says what to do, and gives nothing away. */
export function expectProblem(response: PlainResponse, status: number, code: string) {
  expect({ status: response.statusCode, body: response.body }).toEqual({
    status,
    body: expect.stringContaining(`"code":"${code}"`),
  });
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = JSON.parse(response.body) as Record<string, unknown>;
  expect(problem).toMatchObject({
    type: `urn:mcg-agent:problem:${code}`,
    title: expect.stringMatching(/\w/),
    status,
    detail: expect.stringMatching(/\w/),
    code,
    hint: expect.stringMatching(/\w/),
    request_id: response.headers['x-request-id'],
  });
  expect(response.body).not.toMatch(INSIDES);
  if (status === 401) expect(response.headers['www-authenticate']).toMatch(/^Bearer /);
  return problem;
}

/** Calls the application as one user. */
export class TestClient {
  constructor(
    private readonly test: TestApp,
    readonly headers: Headers,
  ) {}

  get(url: string, headers: Headers = {}): Promise<LightMyRequestResponse> {
    return this.test.app.inject({ method: 'GET', url, headers: { ...this.headers, ...headers } });
  }

  post(
    url: string,
    payload?: string | object | Buffer,
    headers: Headers = {},
  ): Promise<LightMyRequestResponse> {
    return this.test.app.inject({
      method: 'POST',
      url,
      headers: { ...this.headers, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
  }

  delete(url: string): Promise<LightMyRequestResponse> {
    return this.test.app.inject({ method: 'DELETE', url, headers: this.headers });
  }
}

/** What `GET /imports/:import_id` says once the import has ended. */
export async function finishedImport(
  client: TestClient,
  started: PlainResponse,
): Promise<Record<string, unknown>> {
  expect({ status: started.statusCode, body: started.body }).toMatchObject({ status: 202 });
  const { import_id: id } = JSON.parse(started.body) as { import_id: string };
  expect(started.headers['location']).toBe(`/imports/${id}`);
  for (;;) {
    const response = await client.get(`/imports/${id}`);
    expect(response.statusCode).toBe(200);
    const status = response.json<Record<string, unknown>>();
    if (status['state'] !== 'running') return status;
    await sleep(20);
  }
}

/** Imports one text and waits until it can be found. */
export async function importText(client: TestClient, corpus: string, text: string): Promise<void> {
  const started = await client.post(`/corpora/${corpus}/import`, text, { 'content-type': 'text/plain' });
  expect(await finishedImport(client, started)).toMatchObject({ state: 'succeeded', created: 1 });
}
