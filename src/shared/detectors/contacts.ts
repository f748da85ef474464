import type { Span } from '../text/index.js';

export type ContactType = 'email' | 'phone_number';

export interface ContactMatch {
  readonly type: ContactType;
  readonly span: Span;
}

const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu;
const PHONE =
  /(?<![\w.+-])(?:\+\d{7,15}|(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?|\(\d{2,4}\)[ .-]?)\d{2,8}(?:[ .-]\d{2,8}){0,4}|\d{2,4}(?:[ .-]\d{2,4}){2,4})(?![\w-])/gu;
const NOT_A_PHONE =
  /^(?:\d{4}[ .-]\d{2}[ .-]\d{2}|\d{2}[ .-]\d{2}[ .-]\d{4}|(?:\d{4}[ -]){2,3}\d{4}|\d{1,3}(?: \d{3})+)$/u;

/** E-mail addresses and phone numbers (7–15 digits, E.164 lengths): personal, but no secret. */
export function detectContacts(text: string): ContactMatch[] {
  const found: ContactMatch[] = [];
  for (const match of text.matchAll(EMAIL)) {
    found.push({ type: 'email', span: { start: match.index, end: match.index + match[0].length } });
  }
  for (const match of text.matchAll(PHONE)) {
    const digits = match[0].replace(/\D/g, '').length;
    if (digits < 7 || digits > 15 || NOT_A_PHONE.test(match[0])) continue;
    found.push({ type: 'phone_number', span: { start: match.index, end: match.index + match[0].length } });
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}
