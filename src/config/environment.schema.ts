import { z } from 'zod';
import { arrangementVariables } from './environment/arrangement.variables.js';
import { providerVariables } from './environment/provider.variables.js';
import { queueVariables } from './environment/queue.variables.js';
import { retentionVariables } from './environment/retention.variables.js';
import { serverVariables } from './environment/server.variables.js';
import { infoOf, type VariableInfo } from './environment/variable.js';

/** Every environment variable the application reads, with its default. */
export const environmentSchema = z.object({
  ...serverVariables,
  ...providerVariables,
  ...arrangementVariables,
  ...queueVariables,
  ...retentionVariables,
});

export type Environment = z.infer<typeof environmentSchema>;

/** The description of one variable. Every member of the schema has one. */
export function describeVariable(name: keyof Environment): VariableInfo {
  const found = infoOf(environmentSchema.shape[name]);
  if (!found) throw new Error(`${name} has no description`);
  return found;
}
