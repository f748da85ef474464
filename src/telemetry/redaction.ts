import { type ContactType, maskContacts, maskSensitive } from '../shared/index.js';

const WITHHELD =
  /^(?:authorization|cookies?|set-?cookie|prompts?|texts?|contents?|snippets?|body|.*(?:token|password|passphrase|secret|api_?key|secret_?key|private_?key))$/i;
/** Not addresses of computers: operational lines are about them. */
const MASKED_CONTACTS: readonly ContactType[] = ['email', 'phone_number'];
/** An address has its sign, and a telephone number seven digits with little between them: most values have neither. */
const MAY_BE_CONTACT = /@|(?:\d[^\p{L}\d\n]{0,4}){7}/u;
const ID_OR_HASH = /^[\da-f-]{32,64}$/i;
const MAX_DEPTH = 6;
const MAX_STRING_CHARS = 2_000;
const CENSOR = '[redacted]';

/** A log value without what must not be logged: withheld names at any depth; secrets, e-mail addresses and telephone numbers inside strings. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return masked(value.slice(0, MAX_STRING_CHARS));
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

function masked(text: string): string {
  const withoutSecrets = maskSensitive(text);
  return MAY_BE_CONTACT.test(withoutSecrets) && !ID_OR_HASH.test(withoutSecrets)
    ? maskContacts(withoutSecrets, MASKED_CONTACTS)
    : withoutSecrets;
}
