import { maskSensitive } from '../shared/index.js';

const WITHHELD =
  /^(?:authorization|cookies?|set-?cookie|prompts?|texts?|contents?|snippets?|body|.*(?:token|password|passphrase|secret|api_?key|secret_?key|private_?key))$/i;
const MAX_DEPTH = 6;
const MAX_STRING_CHARS = 2_000;
const CENSOR = '[redacted]';

/** A log value without what must not be logged: withheld names at any depth, and secrets inside strings. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskSensitive(value.slice(0, MAX_STRING_CHARS));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return CENSOR;
  if (Array.isArray(value)) return value.map((each) => redacted(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      WITHHELD.test(name) ? CENSOR : redacted(each, depth + 1),
    ]),
  );
}
