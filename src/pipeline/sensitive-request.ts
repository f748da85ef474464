import { detectSensitive } from '../shared/index.js';

/** Fields that no writer is sent, or that hold ids and never words. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'id',
  'snippetIds',
  'documentId',
  'externalId',
  'threadId',
  'documentHash',
  'source',
  'url',
  'timestamp',
]);
/** Texts of a run are immutable, and each role is handed the same ones: each is looked at once. */
const known = new WeakMap<object, boolean>();

/**
 * Whether any text of a request holds a secret, a card or a number that a state gave to a person. Looks at all fields
 * but the listed ones, so that a field that is added later is looked at too.
 */
export function holdsSensitive(part: unknown): boolean {
  if (typeof part === 'string') return isSensitive(part);
  if (typeof part !== 'object' || part === null) return false;
  const found = known.get(part);
  if (found !== undefined) return found;
  const isHeld = Object.entries(part).some(([name, each]) => !NOT_SENT.has(name) && holdsSensitive(each));
  known.set(part, isHeld);
  return isHeld;
}

/** Also as a model would read it: full-width digits, no-break spaces, long dashes and unseen characters hide nothing. */
function isSensitive(text: string): boolean {
  if (detectSensitive(text).length > 0) return true;
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-');
  return plain !== text && detectSensitive(plain).length > 0;
}
