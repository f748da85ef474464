/** The part of JSON Schema that is needed to describe an answer. */
export interface AnswerSchema {
  readonly type?: 'string' | 'number' | 'boolean' | 'object' | 'array';
  readonly properties?: Readonly<Record<string, AnswerSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: AnswerSchema;
  readonly items?: AnswerSchema;
}

/** Objects whose names are data, not words of the API. */
const MAPS =
  /^(?:by_\w+|scores|details|info|error|uses|overrides|per_100_words|thresholds|spendLimits|namespaces|stages|denials\w*|figures)$/;

/** What an answer looks like, told from an example of it. A null says that there may be nothing, not what else there is. */
export function schemaOf(example: unknown, name = ''): AnswerSchema {
  if (example === null || example === undefined) return {};
  if (Array.isArray(example)) return { type: 'array', items: itemsOf(example) };
  if (typeof example !== 'object') return { type: typeof example as 'string' | 'number' | 'boolean' };
  const entries = Object.entries(example);
  if (MAPS.test(name)) return { type: 'object', additionalProperties: {} };
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, value]) => [key, schemaOf(value, key)])),
    required: entries.map(([key]) => key),
  };
}

/** What any of several looks like: what only some have is not required. */
function itemsOf(examples: readonly unknown[]): AnswerSchema {
  const schemas = examples.map((each) => schemaOf(each)).filter(({ type }) => type !== undefined);
  const [first = {}] = schemas;
  if (schemas.some(({ type }) => type !== first.type)) return {};
  if (first.properties === undefined) return first;
  return {
    type: 'object',
    properties: Object.assign({}, ...schemas.map(({ properties }) => properties)),
    required: (first.required ?? []).filter((name) =>
      schemas.every(({ required }) => required?.includes(name)),
    ),
  };
}

/** Where an answer is not as its schema says; null is allowed anywhere, a missing or unknown name nowhere. */
export function mismatches(answer: unknown, schema: AnswerSchema, place = '$'): string[] {
  if (schema.type === undefined || answer === null) return [];
  const found = Array.isArray(answer) ? 'array' : typeof answer;
  if (found !== schema.type) return [`${place} is ${found}, not ${schema.type}`];
  if (Array.isArray(answer))
    return answer.flatMap((each, at) => mismatches(each, schema.items ?? {}, `${place}[${at}]`));
  if (found !== 'object' || schema.properties === undefined) return [];
  const { properties, required = [] } = schema;
  const given = answer as Record<string, unknown>;
  return [
    ...required.filter((name) => !(name in given)).map((name) => `${place}.${name} is missing`),
    ...Object.keys(given)
      .filter((name) => !(name in properties))
      .map((name) => `${place}.${name} is not described`),
    ...Object.entries(given).flatMap(([name, value]) =>
      name in properties ? mismatches(value, properties[name]!, `${place}.${name}`) : [],
    ),
  ];
}
