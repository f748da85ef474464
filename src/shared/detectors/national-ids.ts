import type { Span } from '../text/index.js';
import { NATIONAL_ID_RULES, type NationalIdType } from './national-id-rules.js';

const LABEL_CHARS = 40;
/** No number of them has fewer than six digits, or other signs between them. */
const DIGITS_ENOUGH = /\d(?:[ .+-]?\d){5}|[A-Z]{6}\d{2}[A-Z]|\d{6}[A-FU-Y]\d/u;

/** Numbers that a state gives to a person, by shape and checksum; where plain digits are too common, by a label too. */
export function* findNationalIds(text: string): Generator<{ type: NationalIdType; span: Span }> {
  if (!DIGITS_ENOUGH.test(text)) return;
  for (const { type, shape, label, isValid } of NATIONAL_ID_RULES) {
    if (label !== null && !label.test(text)) continue;
    for (const match of text.matchAll(shape)) {
      const before = text.slice(Math.max(0, match.index - LABEL_CHARS), match.index);
      if (label !== null && !label.test(before)) continue;
      if (isValid(match[0].replace(/[ .+-]/gu, '').toUpperCase()))
        yield { type, span: { start: match.index, end: match.index + match[0].length } };
    }
  }
}
