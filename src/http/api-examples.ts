import { readFileSync } from 'node:fs';
import type { OpenAPIObject } from '@nestjs/swagger';
import { schemaOf } from './example-schema.js';

/** One request that works, and what it is answered with. */
export interface ApiExample {
  readonly request: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string | number>>;
    readonly body?: unknown;
    /** Of a body that is not JSON. */
    readonly mediaType?: string;
  };
  readonly status: number;
  /** Shortened; null where nothing is sent back. A string where it is not JSON. */
  readonly response: unknown;
  readonly responseType?: string;
}

/** By method and path, as in `POST /query`. A spec sends each of them. */
export const API_EXAMPLES = JSON.parse(
  readFileSync(new URL('./api-examples.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, ApiExample>>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = Extract<NonNullable<Operation['parameters']>[number], { name: string }>;

/** The description with an example request, its headers, and an example response at every operation that has one. */
export function withExamples(document: OpenAPIObject): OpenAPIObject {
  for (const [path, operations] of Object.entries(document.paths))
    for (const method of METHODS) {
      const operation = operations[method];
      const example = API_EXAMPLES[`${method.toUpperCase()} ${path}`];
      if (operation && example) addExample(operation, example);
    }
  return document;
}

function addExample(operation: Operation, example: ApiExample): void {
  const { request, status } = example;
  operation.parameters = [
    ...parametersWith(operation, 'path', request.path),
    ...parametersWith(operation, 'query', request.query),
    ...parametersWith(operation, 'header', request.headers),
  ];
  if (request.body !== undefined) addBody(operation, request.body, request.mediaType ?? 'application/json');
  // Nest names a status that the handler does not always give; what nobody described is its guess.
  for (const [other, response] of Object.entries(operation.responses)) {
    const isDescribed = response !== undefined && 'description' in response && response.description !== '';
    if (other !== String(status) && /^2/.test(other) && !isDescribed) delete operation.responses[other];
  }
  operation.responses[String(status)] = responseOf(example);
}

/** The parameters of one place, each named in the example with its value; one that is not described yet is added. */
function parametersWith(
  { parameters = [] }: Operation,
  place: 'path' | 'query' | 'header',
  values: Readonly<Record<string, unknown>> = {},
): Parameter[] {
  const described = parameters.filter((each): each is Parameter => 'name' in each && each.in === place);
  const known = described.map((each) =>
    each.name in values ? { ...each, example: values[each.name] } : each,
  );
  const names = new Set(described.map(({ name }) => name));
  const added = Object.entries(values)
    .filter(([name]) => !names.has(name))
    .map(([name, value]) => ({
      name,
      in: place,
      required: place === 'path',
      schema: { type: typeof value === 'number' ? 'number' : 'string' },
      example: value,
    }));
  return [...known, ...added] as Parameter[];
}

function addBody(operation: Operation, body: unknown, mediaType: string): void {
  const described =
    operation.requestBody && 'content' in operation.requestBody ? operation.requestBody : null;
  const content = described?.content ?? {};
  const schema = content[mediaType]?.schema ?? schemaOf(body);
  operation.requestBody = {
    ...described,
    required: true,
    content: { ...content, [mediaType]: { schema, example: body } },
  } as NonNullable<Operation['requestBody']>;
}

function responseOf({
  status,
  response,
  responseType = 'application/json',
}: ApiExample): Operation['responses'][string] {
  if (response === null) return { description: status === 204 ? 'Done; nothing is sent back.' : 'Done.' };
  // The library's type of a schema leaves no room for one that was made.
  const content = { [responseType]: { schema: schemaOf(response), example: response } };
  return { description: 'Done.', content } as Operation['responses'][string];
}
