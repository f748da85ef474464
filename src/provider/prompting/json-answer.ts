import { z } from 'zod';
import { invalidOutput } from './output.errors.js';

/** The JSON Schema to send for a zod schema: structured output refuses the bounds that zod adds to integers. */
export function jsonSchemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.type !== 'integer') return;
      delete jsonSchema.minimum;
      delete jsonSchema.maximum;
    },
  });
  return rest;
}

/** The value in a JSON text; throws `provider.invalid_output` where it is no JSON, or JSON of another shape. */
export function parseAnswer<S extends z.ZodType>(schema: S, answer: string): z.output<S> {
  if (answer.trim() === '') throw invalidOutput('empty');
  const parsed = schema.safeParse(jsonIn(answer));
  if (!parsed.success) throw invalidOutput('schema', parsed.error);
  return parsed.data;
}

function jsonIn(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch (error) {
    throw invalidOutput('malformed_json', error);
  }
}
