import type { Span } from '../text/index.js';
import type { NationalIdType } from './national-id-rules.js';
import { findNationalIds } from './national-ids.js';
import { findPersonalNumbers, type PersonalNumberType } from './personal-numbers.js';
import { findSecrets, type SecretType } from './secrets.js';

export type SensitiveType = SecretType | PersonalNumberType | NationalIdType;

export interface SensitiveMatch {
  readonly type: SensitiveType;
  readonly span: Span;
}

/**
 * Secrets and personal numbers that must not leave unseen, in order and without overlap: keys and tokens by the
 * shape their issuers publish, labelled passwords, cards (Luhn), IBANs (mod 97) and the numbers
 * that states give to persons, by their checksums.
 */
export function detectSensitive(text: string): SensitiveMatch[] {
  const found: SensitiveMatch[] = [
    ...findSecrets(text),
    ...findPersonalNumbers(text),
    ...findNationalIds(text),
  ];
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const kept: SensitiveMatch[] = [];
  for (const match of found) {
    if (match.span.start >= (kept.at(-1)?.span.end ?? 0)) kept.push(match);
  }
  return kept;
}

/** The text with each secret or personal number replaced by its type in brackets, e.g. `[payment_card]`. */
export function maskSensitive(text: string): string {
  let masked = '';
  let from = 0;
  for (const { type, span } of detectSensitive(text)) {
    masked += `${text.slice(from, span.start)}[${type}]`;
    from = span.end;
  }
  return masked + text.slice(from);
}
