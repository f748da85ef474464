import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.js';
import { describeVariable, type Environment, environmentSchema } from './environment.schema.js';
import { parseSettings } from './load-settings.js';

const names = Object.keys(environmentSchema.shape) as (keyof Environment)[];

function problemsOf(env: Record<string, string>) {
  try {
    parseSettings(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((each) => `${each.name}: ${each.problem}`);
    throw error;
  }
  return [];
}

describe('parseSettings', () => {
  it('needs nothing in development', () => {
    const settings = parseSettings({});
    expect(settings.server).toMatchObject({ host: '127.0.0.1', port: 3000, environment: 'development' });
    expect(settings.database.url).toBeNull();
  });

  it('reports every wrong value at once, with an example and without the value', () => {
    const wrong = { PORT: 'eighty', DATABASE_URL: 'mysql://root:hunter2@db/x', LOG_LEVEL: 'loud' };
    expect(problemsOf(wrong).map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
      'DATABASE_URL',
    ]);
    expect(() => parseSettings(wrong)).toThrow(/DATABASE_URL\s+must be a postgres:\/\/ URL\s+postgres:/);
    expect(() => parseSettings(wrong)).not.toThrow(/hunter2/);
  });

  it('reports what is missing beside what is wrong, each variable once', () => {
    const env = { LOG_LEVEL: 'loud', MCG_CACHE_BACKEND: 'redis', REDIS_URL: 'nonsense' };
    expect(problemsOf(env).map((line) => line.split(':')[0])).toEqual(['LOG_LEVEL', 'REDIS_URL']);
    expect(problemsOf({ PORT: 'x', MCG_CACHE_BACKEND: 'redis' })).toEqual([
      'PORT: must be a whole number from 0 to 65535',
      'REDIS_URL: is missing; MCG_CACHE_BACKEND=redis needs it',
    ]);
    expect(problemsOf({ PORT: 'x', NODE_ENV: 'production' })).toHaveLength(2);
  });

  it.each(['eighty', '3.5', '-1', '65536', '1e999'])('says which numbers PORT may be: not %s', (PORT) => {
    expect(problemsOf({ PORT })).toEqual(['PORT: must be a whole number from 0 to 65535']);
  });

  it('refuses a missing or short secret in production', () => {
    expect(problemsOf({ NODE_ENV: 'production' })[0]).toMatch(/JWT_SECRET_KEY: is missing/);
    expect(problemsOf({ NODE_ENV: 'production', JWT_SECRET_KEY: 'x'.repeat(31) })[0]).toMatch(/31 bytes/);
    expect(problemsOf({ NODE_ENV: 'production', JWT_SECRET_KEY: 'x'.repeat(32) })).toEqual([]);
    expect(problemsOf({ NODE_ENV: 'production', JWT_PUBLIC_KEY_FILE: '/key.pem' })).toEqual([]);
  });

  it('refuses settings of cache and memory that do not go together', () => {
    expect(problemsOf({ MCG_CACHE_BACKEND: 'redis' })).toEqual([
      'REDIS_URL: is missing; MCG_CACHE_BACKEND=redis needs it',
    ]);
    expect(problemsOf({ MEMORY_WARN_PERCENT: '90', MEMORY_LIMIT_PERCENT: '90' })[0]).toMatch(/must be below/);
    expect(
      problemsOf({ OPTIMIZATION_TIMEBOX_MS: '0', MCG_CACHE_TTL: '-1', OPTIMIZATION_STRATEGY: 'x' }),
    ).toHaveLength(3);
  });

  it('takes an empty value as not set', () => {
    expect(parseSettings({ PORT: '', DATABASE_URL: ' ' }).server.port).toBe(3000);
  });
});

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const listed = lines.flatMap((line) => /^#? ?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1] ?? []);

  it('lists exactly the variables of the schema', () => {
    expect([...listed].sort()).toEqual([...names].sort());
  });

  it('says what each is for in the words of the schema', () => {
    const text = lines.join('\n');
    for (const name of names) expect(text).toContain(describeVariable(name).purpose);
  });
});
