import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageInfo } from '../../src/config/index.js';
import { type Engine, withEnvironment } from './engine.js';

/** The application of an engine on an API, under the built-in policy but for the day's spend limits. */
export function withProvider(
  engine: Engine,
  baseUrl: string,
  more: Readonly<Record<string, string>> = {},
): Engine {
  const policies = join(engine.folder, 'policies');
  const builtIn = join(packageInfo().root, 'src', 'governance', 'policies');
  mkdirSync(policies);
  for (const file of readdirSync(builtIn)) copyFileSync(join(builtIn, file), join(policies, file));
  const defaults = { callsPerDay: null, tokensPerDay: null, usdPerDay: null };
  writeFileSync(join(policies, 'spend-limits.json'), JSON.stringify({ defaults, owners: {} }));
  return withEnvironment(engine, {
    LOG_LEVEL: 'fatal',
    GOVERNANCE_POLICY_DIR: policies,
    GEN_PROVIDER: 'openai',
    OPENAI_BASE_URL: baseUrl,
    OPENAI_API_KEY: 'bench-key',
    ...more,
  });
}
