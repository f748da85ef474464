import type { ConfigProblem } from './config-error.js';
import { describeVariable, type Environment } from './environment.schema.js';
import { isLoopbackUrl } from './loopback.js';

/** What the chosen providers need and the environment does not give. */
export function findProviderProblems(env: Environment): readonly ConfigProblem[] {
  const missing: readonly (readonly [keyof Environment, string | null])[] = [
    ['OPENAI_API_KEY', needsKey(env)],
    ['MVLM_MODEL_PATH', env.MVLM_BACKEND === 'llama-cpp' ? 'MVLM_BACKEND=llama-cpp' : null],
    ['MVLM_BASE_URL', env.MVLM_BACKEND === 'http' ? 'MVLM_BACKEND=http' : null],
    ['MVLM_MODEL', env.MVLM_BACKEND === 'http' ? 'MVLM_BACKEND=http' : null],
  ];
  return missing.flatMap(([name, because]) =>
    because === null || env[name] !== undefined
      ? []
      : [{ name, problem: `is missing; ${because} needs it`, example: describeVariable(name).example }],
  );
}

function needsKey(env: Environment): string | null {
  if (env.OPENAI_BASE_URL !== undefined && isLoopbackUrl(env.OPENAI_BASE_URL)) return null;
  if (env.GEN_PROVIDER === 'openai') return 'GEN_PROVIDER=openai';
  return env.FIREBREAK_PROVIDER === 'openai' ? 'FIREBREAK_PROVIDER=openai' : null;
}
