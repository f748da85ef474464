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
  return parseSettings({ ...processVariables(), ...overrides });
}

/** The variables of the process and of `.env` that hold anything. */
export function processVariables(): Readonly<Record<string, string>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return setVariables(process.env);
}

/** Checks an environment. Throws `ConfigError` with every problem at once. An empty value counts as not set. */
export function parseSettings(source: Readonly<Record<string, string | undefined>>): Settings {
  const { settings, problems } = inspectSettings(source);
  if (settings === null || problems.length > 0) throw new ConfigError(problems);
  return settings;
}

/** What an environment amounts to with its wrong values left out, and everything that is wrong with it. */
export function inspectSettings(source: Readonly<Record<string, string | undefined>>): {
  readonly settings: Settings | null;
  readonly problems: readonly ConfigProblem[];
} {
  const given = setVariables(source);
  const parsed = environmentSchema.safeParse(given);
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, given));
  // What is missing shows beside what is wrong: a wrong value counts as not set for the rules between variables.
  const env = parsed.success ? parsed.data : usableOf(given, wrong);
  const problems = onePerName([...wrong, ...(env === null ? [] : problemsBetween(env))]);
  return { settings: env === null ? null : settingsFrom(env), problems };
}

function setVariables(source: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const isSet = (entry: [string, string | undefined]): entry is [string, string] => Boolean(entry[1]?.trim());
  return Object.fromEntries(Object.entries(source).filter(isSet));
}

function usableOf(
  given: Readonly<Record<string, string>>,
  wrong: readonly ConfigProblem[],
): Environment | null {
  const names = new Set(wrong.map(({ name }) => name));
  const right = Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name)));
  return environmentSchema.safeParse(right).data ?? null;
}

function problemsBetween(env: Environment): readonly ConfigProblem[] {
  return [...secretProblems(env), ...findProviderProblems(env), ...findArrangementProblems(env)];
}

/** A value that is wrong by itself is told once, not as missing too. */
function onePerName(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.filter(({ name }, at) => problems.findIndex((other) => other.name === name) === at);
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
