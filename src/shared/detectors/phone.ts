import { createRequire } from 'node:module';
import type { CountryCode } from 'libphonenumber-js/min';
import type { Span } from '../text/index.js';

type NumberingPlans = Pick<typeof import('libphonenumber-js/min'), 'parsePhoneNumberFromString'>;
let plans: NumberingPlans | undefined;

/** Not a static import: most texts hold nothing that looks like a number, and the plans cost memory and start-up time. */
function numberingPlans(): NumberingPlans {
  plans ??= createRequire(import.meta.url)('libphonenumber-js/min') as NumberingPlans;
  return plans;
}

/** Digits in groups, as people write them; 7 to 15 digits, the lengths of E.164, are counted afterwards. */
const CANDIDATE =
  /(?<![\p{L}\p{N}_.+#$€£%=@-]|\p{N}[ (,:/])(?:\+ ?)?(?:\(\+?\d{1,5}\)|\d{1,15})(?:(?:[ .\u00A0/-]{1,2}\(?|\(|(?<=\)))\d{1,12}\)?){0,8}(?![\p{N}_%€$£]|[.,:/]\p{N}|-\p{N})/gu;
const LABEL_BEFORE =
  /(?<![\p{L}\p{N}])(?:phones?|tel|telephone|telefon|telefonnummer|call(?:ing)?|reach|ring|dial|mobile|mobil|cell(?:phone)?|handy|fax|whatsapp|signal|contact|hotline|sms|text me|office|téléphone|teléfono|telefono|móvil|rufen|anrufen)(?![\p{L}])[^\p{N}\n]{0,16}$/iu;
const LABEL_AFTER =
  /^[\s(,/-]{0,3}(?:office|fax|mobile|cell|home|work|tel|phone|ext|extension|x ?\d|direct)(?![\p{L}])/iu;
/** Dates, ranges of years, thousands, cards and version numbers. */
const OTHER_NUMBER =
  /^(?:\d{4}[ ./-]\d{1,2}[ ./-]\d{1,2}|\d{1,2}[ ./-]\d{1,2}[ ./-]\d{4}|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d|(?:\d{4}[ -]){2,3}\d{4}|\d{1,3}(?:[ .]\d{3})+|\d{1,3}(?:\.\d{1,3}){3})$/u;
/** A shape that is written for telephones and hardly for anything else. */
const NATIONAL_SHAPE =
  /^(?:\(0?\d{2,5}\)[ .-]?\d{3,4}[ .-]?\d{3,5}|\d{3}([.-])\d{3}\1\d{4}|0\d([ .-])\d\d\2\d\d\2\d\d\2\d\d|0\d{2,4}[ /-]\d{3,8}(?:[ -]\d{2,6})?)$/u;
/** Countries whose national notation is looked for without a label. */
const NATIONS: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'IT',
  'ES',
  'NL',
  'AT',
  'CH',
  'BE',
  'SE',
  'AU',
  'IN',
  'BR',
];

/**
 * Telephone numbers: international ones that the country's numbering plan allows (ITU-T E.164), national ones that are
 * labelled, or that are written as telephone numbers are and fit some country's plan (libphonenumber).
 */
export function* findPhoneNumbers(text: string): Generator<Span> {
  for (const match of text.matchAll(CANDIDATE)) {
    // The bracket that closes what stands around the number is none of it.
    const number = match[0].includes('(') ? match[0] : match[0].replace(/\)$/u, '');
    const digits = number.replace(/\D/gu, '');
    if (digits.length < 7 || digits.length > 17) continue;
    const end = match.index + number.length;
    if (isPhone(number, digits) || isLabelled(text, number, digits, match.index, end))
      yield { start: match.index, end };
  }
}

function isPhone(number: string, digits: string): boolean {
  const international = /^\+|^\(\+/u.test(number) ? digits : /^(?:00|011)[ -]?(\d.*)$/u.exec(number)?.[1];
  if (international !== undefined) {
    const plain = `+${international.replace(/\(0\)/u, '').replace(/\D/gu, '')}`;
    const written = number.startsWith('+') ? number.replace(/\(0\)/u, '') : plain;
    return numberingPlans().parsePhoneNumberFromString(written)?.isPossible() === true;
  }
  if (!NATIONAL_SHAPE.test(number)) return false;
  return NATIONS.some(
    (nation) => numberingPlans().parsePhoneNumberFromString(number, nation)?.isValid() === true,
  );
}

function isLabelled(text: string, number: string, digits: string, start: number, end: number): boolean {
  if (digits.length > 13 || (OTHER_NUMBER.test(number) && !/^\d{3} \d{3} \d{3}$/u.test(number))) return false;
  return (
    LABEL_BEFORE.test(text.slice(Math.max(0, start - 40), start)) ||
    LABEL_AFTER.test(text.slice(end, end + 14))
  );
}
