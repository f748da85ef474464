import { setTimeout as sleep } from 'node:timers/promises';
import type { PlainResponse } from '../../../test/support/http.js';
import type { HostileSet } from './hostile-set.js';

/** A request as the application takes it. */
export interface HostileRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Uint8Array;
}

export type Send = (request: HostileRequest) => Promise<PlainResponse>;

/** How much was tried, and what went wrong, each in a line. */
export interface HostileReport {
  readonly tried: number;
  readonly breaches: readonly string[];
}

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

/** What `/openapi.json` says, as far as it is needed here. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly mediaTypes: readonly string[];
  /** Of a body in JSON; null for others. */
  readonly body: Schema | null;
}

const ANSWER_MS = 60_000;
const AT_ONCE = 8;
const RAW_PATHS = ['%', '%ff', '%00', '%F0%9F', '..%2f..%2fetc%2fpasswd', '%u0041', ';a=b', '%2e%2e'];
const COMMON_HEADERS = ['x-request-id', 'authorization', 'content-type', 'accept', 'last-event-id', 'cookie'];
const INSIDES = /\n\s+at |node_modules|\.[cm]?[jt]s:\d+/;

/** Every endpoint there is, by the application's own description of itself. */
export function endpointsOf({ paths }: OpenApi): readonly Endpoint[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => {
      const content = requestBody?.content ?? {};
      const schema = content['application/json']?.schema ?? null;
      const body = schema?.format === 'binary' ? null : schema;
      const mediaTypes = Object.keys(content);
      return { method: method.toUpperCase(), path, parameters, mediaTypes, body };
    }),
  );
}

/** Sends the set to an endpoint in each place where it takes something. */
export async function attackEndpoint(
  endpoint: Endpoint,
  set: HostileSet,
  send: Send,
): Promise<HostileReport> {
  const requests = [...requestsTo(endpoint, set)];
  const breaches: string[] = [];
  for (let at = 0; at < requests.length; at += AT_ONCE) {
    const group = requests.slice(at, at + AT_ONCE);
    const found = await Promise.all(group.map((request) => breachOf(request, send)));
    breaches.push(...found.filter((breach) => breach !== null));
  }
  return { tried: requests.length, breaches };
}

async function breachOf(request: HostileRequest, send: Send): Promise<string | null> {
  const what = `${request.method} ${request.url.slice(0, 150)} ${excerptOf(request.payload)}`;
  const silence = new AbortController();
  try {
    const late = sleep(ANSWER_MS, null, { signal: silence.signal }).catch(() => null);
    const response = await Promise.race([send(request), late]);
    if (response === null) return `${what}: no answer`;
    const { statusCode, headers, body } = response;
    if (statusCode >= 500) return `${what}: ${statusCode} ${body.slice(0, 200)}`;
    if (INSIDES.test(body) && statusCode >= 400)
      return `${what}: gives its insides away: ${body.slice(0, 200)}`;
    const isProblem = /^application\/problem\+json/.test(String(headers['content-type']));
    return statusCode >= 400 && !isProblem ? `${what}: ${statusCode} without a problem document` : null;
  } catch (error) {
    return `${what}: ${String(error)}`;
  } finally {
    silence.abort();
  }
}

function* requestsTo(endpoint: Endpoint, set: HostileSet): Generator<HostileRequest> {
  for (const parameter of endpoint.parameters) yield* requestsIn(endpoint, parameter, set);
  const { method, parameters, body, mediaTypes, path } = endpoint;
  const usual = usualRequest(endpoint);
  const text = set.texts[parameters.length % set.texts.length]!;
  for (const name of COMMON_HEADERS)
    yield { ...usual, headers: { ...usual.headers, [name]: headerOf(text) } };
  for (const payload of body === null ? [] : jsonBodies(body, set)) yield { ...usual, payload };
  // An upload into a corpus is the same as one that finds its own.
  const types = body !== null || path.includes('{') ? mediaTypes.slice(0, 1) : mediaTypes;
  for (const type of types)
    for (const payload of set.contents)
      yield { method, url: usual.url, headers: { 'content-type': type }, payload };
}

/** In one place of the address or the head. */
function* requestsIn(
  endpoint: Endpoint,
  parameter: Parameter,
  { texts }: HostileSet,
): Generator<HostileRequest> {
  const usual = usualRequest(endpoint);
  if (parameter.in === 'header') {
    for (const text of texts)
      yield { ...usual, headers: { ...usual.headers, [parameter.name]: headerOf(text) } };
    return;
  }
  for (const value of [...texts.map((text) => encodeURIComponent(text.toWellFormed())), ...RAW_PATHS])
    yield { ...usual, url: urlOf(endpoint, parameter, value) };
}

function* jsonBodies(schema: Schema, { texts }: HostileSet): Generator<string> {
  const example = exampleOf(schema) as Readonly<Record<string, unknown>>;
  for (const text of texts) {
    yield JSON.stringify(text);
    yield JSON.stringify({ ...example, [text]: text });
    for (const name of Object.keys(schema.properties ?? {})) {
      yield JSON.stringify({ ...example, [name]: text });
      yield JSON.stringify({ ...example, [name]: [text] });
    }
  }
  for (const name of Object.keys(schema.properties ?? {}))
    for (const value of [null, [], {}, -1, 1.5, 1e308, true, [[[]]], { length: 1 }])
      yield JSON.stringify({ ...example, [name]: value });
}

/** One that is right. */
function usualRequest(endpoint: Endpoint): HostileRequest {
  const { method, mediaTypes, body } = endpoint;
  const url = urlOf(endpoint);
  if (mediaTypes.length === 0) return { method, url, headers: {} };
  if (body === null)
    return { method, url, headers: { 'content-type': 'text/plain' }, payload: 'words of frost' };
  const payload = JSON.stringify(exampleOf(body));
  return { method, url, headers: { 'content-type': 'application/json' }, payload };
}

/** An address that is right but for one place; a value that is wanted elsewhere is there. */
function urlOf({ path, parameters }: Endpoint, place?: Parameter, value = ''): string {
  const query: string[] = [];
  let url = path;
  for (const parameter of parameters) {
    const isPlace = parameter === place;
    const text = isPlace ? value : encodeURIComponent(String(exampleOf(parameter.schema ?? {})));
    if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, () => text);
    else if (parameter.in === 'query' && (isPlace || parameter.required))
      query.push(`${parameter.name}=${text}`);
  }
  return query.length === 0 ? url : `${url}?${query.join('&')}`;
}

function exampleOf({
  enum: values,
  anyOf,
  type,
  format,
  minimum,
  items,
  properties,
  required,
}: Schema): unknown {
  if (values !== undefined) return values[0];
  if (anyOf !== undefined) return exampleOf(anyOf[0]!);
  if (type === 'integer' || type === 'number') return minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [exampleOf(items ?? {})];
  if (type === 'object') {
    const entries = (required ?? []).map((name) => [name, exampleOf(properties?.[name] ?? {})] as const);
    return Object.fromEntries(entries);
  }
  return format === 'uuid' ? '00000000-0000-4000-8000-000000000000' : '1';
}

/** Bytes that may stand in a header. */
function headerOf(text: string): string {
  const latin = Buffer.from(text.slice(0, 2_000)).toString('latin1');
  return latin.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '');
}

function excerptOf(payload: string | Uint8Array | undefined): string {
  return payload === undefined ? '' : JSON.stringify(Buffer.from(payload).toString('latin1').slice(0, 100));
}
