import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { findArrangementProblems } from './arrangement-requirements.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { describeVariable, type Environment, environmentSchema } from './environment.schema.js';
import { findProviderProblems } from './provider-requirements.js';
import type { Settings } from './settings.js';
import { settingsFrom } from './settings-from.js';

const MIN_SECRET_BYTES = 32;

/** Reads `.env` where there is one (never over a variable that is set) and checks the process environment. */
export function loadSettings(overrides: Readonly<Record<string, string>> = {}): Settings {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return parseSettings({ ...process.env, ...overrides });
}

/** Checks an environment. Throws `ConfigError` with every problem at once. An empty value counts as not set. */
export function parseSettings(source: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => problemOf(issue, given)));
  const problems = [
    ...secretProblems(parsed.data),
    ...findProviderProblems(parsed.data),
    ...findArrangementProblems(parsed.data),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  return settingsFrom(parsed.data);
}

function problemOf(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): ConfigProblem {
  const name = String(issue.path[0]) as keyof Environment;
  const problem = given[name] === undefined ? 'is missing' : issue.message;
  return { name, problem, example: describeVariable(name).example };
}

function secretProblems(env: Environment): readonly ConfigProblem[] {
  if (env.NODE_ENV !== 'production' || env.JWT_PUBLIC_KEY_FILE || env.JWT_JWKS_FILE) return [];
  const bytes = Buffer.byteLength(env.JWT_SECRET_KEY ?? '');
  if (bytes >= MIN_SECRET_BYTES) return [];
  const problem =
    bytes === 0
      ? 'is missing; production needs it, or JWT_PUBLIC_KEY_FILE or JWT_JWKS_FILE'
      : `has ${bytes} bytes; production needs at least ${MIN_SECRET_BYTES}`;
  return [{ name: 'JWT_SECRET_KEY', problem, example: describeVariable('JWT_SECRET_KEY').example }];
}
