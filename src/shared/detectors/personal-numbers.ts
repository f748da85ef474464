import type { Span } from '../text/index.js';
import { passesLuhn, restBy97 } from './checksums.js';

export type PersonalNumberType = 'payment_card' | 'iban';

/** Length of an IBAN by country (ISO 13616 registry, the countries of the SEPA area and some others). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  BA: 20,
  BE: 16,
  BG: 22,
  BR: 29,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IS: 26,
  IT: 27,
  KW: 30,
  KZ: 20,
  LB: 28,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  SA: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  TN: 24,
  TR: 26,
  UA: 29,
};

const DIGIT_RUN = /(?<![\p{L}\p{N}]|[.,-])[1-6]\d{3}(?:[ -]?\d){8,15}/gu;
/** Leading digits and lengths of the issuers' numbers (ISO/IEC 7812 ranges as the card schemes publish them). */
const ISSUED =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-59]|[689]\d)\d{11}|35\d{14}|(?:1800|2131)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|62\d{14,17}|(?:5[06-8]|6[37])\d{10,17})$/;
const IBAN_START = /(?<![\p{L}\p{N}])([A-Z]{2})\d{2}(?=[ -]?[A-Z0-9])/gu;

/** Payment cards (Luhn, ISO/IEC 7812) and IBANs (mod 97, ISO 13616). */
export function* findPersonalNumbers(text: string): Generator<{ type: PersonalNumberType; span: Span }> {
  for (const match of text.matchAll(DIGIT_RUN)) {
    const end = cardEnd(text, match.index, match.index + match[0].length);
    if (end !== null) yield { type: 'payment_card', span: { start: match.index, end } };
  }
  for (const match of text.matchAll(IBAN_START)) {
    const end = ibanEnd(text, match.index, IBAN_LENGTHS[match[1]!]);
    if (end !== null) yield { type: 'iban', span: { start: match.index, end } };
  }
}

/** The longest prefix of a digit run that ends at a group's edge and passes Luhn: dates may follow a card number. */
function cardEnd(text: string, start: number, longest: number): number | null {
  for (let end = longest; end > start; end--) {
    if (!/\d/.test(text[end - 1]!) || /[\p{L}\p{N}]/u.test(text[end] ?? ' ')) continue;
    const digits = text.slice(start, end).replace(/\D/g, '');
    if (digits.length < 12) return null;
    if (ISSUED.test(digits) && passesLuhn(digits)) return end;
  }
  return null;
}

function ibanEnd(text: string, start: number, length: number | undefined): number | null {
  if (length === undefined) return null;
  let compact = '';
  let at = start;
  while (compact.length < length) {
    const character = text[at] ?? '';
    if (/[A-Z0-9]/.test(character)) compact += character;
    else if (!/[ -]/.test(character) || !/[A-Z0-9]/.test(text[at + 1] ?? '')) return null;
    at++;
  }
  return /[\p{L}\p{N}]/u.test(text[at] ?? ' ') || restBy97(compact.slice(4) + compact.slice(0, 4)) !== 1
    ? null
    : at;
}
