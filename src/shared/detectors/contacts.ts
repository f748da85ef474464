import type { Span } from '../text/index.js';
import { findNetworkAddresses } from './network-address.js';
import { findPhoneNumbers } from './phone.js';
import { findPostalAddresses } from './postal-address.js';

export type ContactType = 'email' | 'phone_number' | 'ip_address' | 'postal_address';

export interface ContactMatch {
  readonly type: ContactType;
  readonly span: Span;
}

const EMAIL =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_.+-])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_.+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu;

const FINDERS: Readonly<Record<ContactType, (text: string) => Iterable<Span>>> = {
  email: findEmailAddresses,
  ip_address: findNetworkAddresses,
  phone_number: findPhoneNumbers,
  postal_address: findPostalAddresses,
};
const ALL = Object.keys(FINDERS) as readonly ContactType[];

/**
 * Ways to reach or to find a person, in order and without overlap: e-mail addresses, telephone numbers, addresses of
 * computers, postal addresses and codes. Personal, but no secret.
 */
export function detectContacts(text: string, types: readonly ContactType[] = ALL): ContactMatch[] {
  const found = types.flatMap((type) => [...FINDERS[type](text)].map((span) => ({ type, span })));
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const kept: ContactMatch[] = [];
  for (const match of found) {
    if (match.span.start >= (kept.at(-1)?.span.end ?? 0)) kept.push(match);
  }
  return kept;
}

/** The text with each contact of these types replaced by its type in brackets, e.g. `[email]`. */
export function maskContacts(text: string, types: readonly ContactType[] = ALL): string {
  let masked = '';
  let from = 0;
  for (const { type, span } of detectContacts(text, types)) {
    masked += `${text.slice(from, span.start)}[${type}]`;
    from = span.end;
  }
  return masked + text.slice(from);
}

function* findEmailAddresses(text: string): Generator<Span> {
  if (!text.includes('@')) return;
  for (const match of text.matchAll(EMAIL)) yield { start: match.index, end: match.index + match[0].length };
}
