import { z } from 'zod';

/** What a variable is for and a value that works: shown in the start-up table and checked against `.env.example`. */
export interface VariableInfo {
  readonly example: string;
  readonly purpose: string;
}

const info = z.registry<VariableInfo>();

export function variable<T extends z.ZodType>(schema: T, example: string, purpose: string): T {
  info.add(schema, { example, purpose });
  return schema;
}

export const text = z.string().trim().min(1);
export const integer = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
};
export const number = (min: number, max: number) => {
  const error = `must be a number from ${min} to ${max}`;
  return z.coerce.number({ error }).min(min, error).max(max, error);
};
export const flag = () => z.stringbool({ error: 'must be true or false' });
export const httpUrl = () => z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' });

/** What a member of the schema was declared with. */
export function infoOf(schema: z.ZodType): VariableInfo | undefined {
  return info.get(schema);
}
