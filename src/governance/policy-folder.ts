import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { hashOf } from '../shared/index.js';
import { policyInvalid } from './policy.errors.js';
import { type Thresholds, thresholdsSchema } from './thresholds.schema.js';

const BUILT_IN = fileURLToPath(new URL('./policies/', import.meta.url));
const SCHEMA = 'schema.cedarschema';
const THRESHOLDS = 'thresholds.json';
const REQUIRED = ['asks.cedar', 'outputs.cedar', SCHEMA, THRESHOLDS];

/** The files of a policy, as they were when the process started. */
export interface PolicyFiles {
  readonly hash: string;
  readonly schema: string;
  readonly thresholds: Thresholds;
  /** Cedar texts by file name. */
  readonly cedar: ReadonlyMap<string, string>;
}

/**
 * Reads a policy folder; null means the built-in one. Throws `governance.policy_invalid` where a file is missing or
 * `thresholds.json` is not as it should be. The hash covers the names and contents of all files that count.
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
    thresholds: parseThresholds(contents.get(THRESHOLDS)!),
    cedar: new Map([...contents].filter(([name]) => name.endsWith('.cedar'))),
  };
}

function readContents(directory: string): Map<string, string> {
  try {
    const names = readdirSync(directory).filter(
      (name) => name.endsWith('.cedar') || name === SCHEMA || name === THRESHOLDS,
    );
    return new Map(names.sort().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw policyInvalid(directory, `the policy folder cannot be read (${reason})`, cause);
  }
}

function parseThresholds(text: string): Thresholds {
  const parsed = thresholdsSchema.safeParse(readJson(text));
  if (!parsed.success) throw policyInvalid(THRESHOLDS, z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw policyInvalid(THRESHOLDS, 'it is not JSON', cause);
  }
}
