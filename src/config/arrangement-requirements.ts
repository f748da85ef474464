import type { ConfigProblem } from './config-error.js';
import { describeVariable, type Environment } from './environment.schema.js';

/** Settings of cache and memory that do not go together. */
export function findArrangementProblems(env: Environment): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const report = (name: keyof Environment, problem: string) =>
    problems.push({ name, problem, example: describeVariable(name).example });
  if (env.MCG_CACHE_BACKEND === 'redis' && env.REDIS_URL === undefined)
    report('REDIS_URL', 'is missing; MCG_CACHE_BACKEND=redis needs it');
  if (env.MEMORY_WARN_PERCENT >= env.MEMORY_LIMIT_PERCENT)
    report('MEMORY_WARN_PERCENT', `must be below MEMORY_LIMIT_PERCENT (${env.MEMORY_LIMIT_PERCENT})`);
  return problems;
}
