import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { hashOf } from '../shared/index.js';
import { policyInvalid } from './policy.errors.js';
import { type SpendLimitsFile, spendLimitsSchema } from './spend-limits.js';
import { type Thresholds, thresholdsSchema } from './thresholds.schema.js';

const BUILT_IN = fileURLToPath(new URL('./policies/', import.meta.url));
const SCHEMA = 'schema.cedarschema';
const THRESHOLDS = 'thresholds.json';
const SPEND_LIMITS = 'spend-limits.json';
const REQUIRED = ['asks.cedar', 'outputs.cedar', SCHEMA, THRESHOLDS, SPEND_LIMITS];

/** The files of a policy, as they were when the process started. */
export interface PolicyFiles {
  readonly hash: string;
  readonly schema: string;
  readonly thresholds: Thresholds;
  readonly spendLimits: SpendLimitsFile;
  /** Cedar texts by file name. */
  readonly cedar: ReadonlyMap<string, string>;
}

/**
 * Reads a policy folder; null means the built-in one. Throws `governance.policy_invalid` where a file is missing or
 * one in JSON is not as it should be. The hash covers the names and contents of all files that count.
 */
export function readPolicyFolder(directory: string | null): PolicyFiles {
  const contents = readContents(directory ?? BUILT_IN);
  const missing = REQUIRED.filter((name) => !contents.has(name));
  if (missing.length > 0) {
    throw policyInvalid(missing[0]!, `the policy folder lacks ${missing.join(', ')}`);
  }
  return {
    hash: hashOf(Object.fromEntries(contents)),
    schema: contents.get(SCHEMA)!,
    thresholds: parseJson(THRESHOLDS, contents, thresholdsSchema),
    spendLimits: parseJson(SPEND_LIMITS, contents, spendLimitsSchema),
    cedar: new Map([...contents].filter(([name]) => name.endsWith('.cedar'))),
  };
}

function readContents(directory: string): Map<string, string> {
  try {
    const names = readdirSync(directory).filter((name) => name.endsWith('.cedar') || REQUIRED.includes(name));
    return new Map(names.sort().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw policyInvalid(directory, `the policy folder cannot be read (${reason})`, cause);
  }
}

function parseJson<T>(file: string, contents: ReadonlyMap<string, string>, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(readJson(file, contents.get(file)!));
  if (!parsed.success) throw policyInvalid(file, z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

function readJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw policyInvalid(file, 'it is not JSON', cause);
  }
}
