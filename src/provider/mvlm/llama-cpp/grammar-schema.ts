type Schema = Readonly<Record<string, unknown>>;

/** The words of JSON Schema that the grammar understands as they are. */
const KEPT = new Set([
  ...['type', 'enum', 'const', 'required', 'additionalProperties'],
  ...['minItems', 'maxItems', 'minLength', 'maxLength'],
]);

/**
 * The schema in the words that the grammar understands, narrowed to what the parser will accept: a text has sentences, a
 * sentence words, and it cites known ids only. What a grammar cannot enforce, the parser checks.
 */
export function grammarSchemaOf(schema: Schema, knownIds: readonly string[]): Schema {
  const convert = (inner: unknown) => grammarSchemaOf(inner as Schema, knownIds);
  const entries = Object.entries(schema).flatMap(([word, value]): [string, unknown][] => {
    if (KEPT.has(word)) return [[word, value]];
    if (word === 'anyOf' || word === 'oneOf') return [['oneOf', (value as Schema[]).map(convert)]];
    if (word === 'items') return [[word, convert(value)]];
    if (word !== 'properties') return [];
    const properties = Object.entries(value as Schema).map(([name, inner]) => [
      name,
      { ...convert(inner), ...narrower(name, knownIds) },
    ]);
    return [[word, Object.fromEntries(properties)]];
  });
  return Object.fromEntries(entries);
}

function narrower(name: string, knownIds: readonly string[]): Schema {
  if (name === 'sentences') return { minItems: 1 };
  if (name === 'text') return { minLength: 1 };
  if (name !== 'snippet_ids') return {};
  return { items: { enum: knownIds }, minItems: 1, maxItems: knownIds.length };
}
