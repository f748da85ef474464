import type { Span } from '../text/index.js';
import {
  STREET_BEGINNINGS,
  STREET_ENDINGS,
  STREET_PARTICLES,
  STREET_SUFFIXES,
  US_STATE_CODES,
} from './street-words.js';

const START = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';
const NUMBER = '\\d{1,6}(?:[-/]\\d{1,4})?[a-zA-Z]?';
const NAME = "\\p{Lu}[\\p{L}'’.-]{0,24}";
const SPACE = '[ \\u00A0]{1,2}';
const expression = (source: string) => new RegExp(START + source + END, 'gu');

/** What addresses are made of; none has an unbounded gap. */
const PIECES: readonly RegExp[] = [
  // 12 Old Mill Road; the number may stand twice, for the house and the flat.
  expression(`${NUMBER}${SPACE}(?:\\d{1,5}[a-z]?${SPACE})?(?:${NAME}${SPACE}){1,4}(?:${STREET_ENDINGS})\\.?`),
  // Lindenstraße 12, Villacher Strasse 89, Erzsébet tér 19
  expression(`(?:${NUMBER}${SPACE})?\\p{Lu}[\\p{L}-]{2,30}(?:${STREET_SUFFIXES})\\.?${SPACE}${NUMBER}`),
  expression(
    `(?:${NUMBER}${SPACE})?(?:${NAME}${SPACE}){1,3}(?:${STREET_SUFFIXES}|Str(?:aße|asse)?|Weg|Platz|Allee|Gasse|Ring|u)\\.?${SPACE}${NUMBER}`,
  ),
  // Via Garibaldi 4, 12 rue de la Paix
  expression(
    `(?:${NUMBER}${SPACE})?(?:${STREET_BEGINNINGS})\\.?${SPACE}(?:(?:${STREET_PARTICLES}|${NAME}|[dl]['’]${NAME})${SPACE}){0,4}(?:${NAME}|[dl]['’]${NAME}),?${SPACE}${NUMBER}`,
  ),
  expression(
    `${NUMBER},?${SPACE}(?:rue|avenue|boulevard|place|chemin|impasse|allée|quai|cours|route|${STREET_BEGINNINGS})\\.?${SPACE}(?:(?:${STREET_PARTICLES}|${NAME})${SPACE}){0,4}(?:${NAME}|[dl]['’]${NAME})`,
  ),
  // House, street without any word for street, and flat: 450 Mlýnská 1540 Apt. 615
  expression(
    `${NUMBER}${SPACE}(?:\\p{Lu}[\\p{L}'’-]{3,24}${SPACE}){1,3}\\d{1,5}(?=[,\\n]|${SPACE}(?:Apt|Suite))`,
  ),
  expression(`(?:Apt|Apartment|Suite|Ste|Flat)\\.?${SPACE}#?\\d{1,5}[A-Za-z]?`),
  expression(`P\\.? ?O\\.? ?Box${SPACE}\\d{1,6}`),
  expression(`(?:PSC|Unit|CMR)${SPACE}\\d{1,5},?${SPACE}Box${SPACE}\\d{1,5}`),
  expression(`(?:APO|FPO|DPO|apo|fpo|dpo),?${SPACE}(?:A[APE]|a[ape])${SPACE}\\d{5}`),
  expression(`(?:${US_STATE_CODES})${SPACE}\\d{5}(?:-\\d{4})?`),
  expression(
    '(?:GIR ?0AA|[A-PR-UWYZ](?:\\d{1,2}|[A-HK-Y]\\d{1,2}|\\d[A-HJKSTUW]|[A-HK-Y]\\d[ABEHMNPRVWXY]) \\d[ABD-HJLNP-UW-Z]{2})',
  ),
  expression('[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z] \\d[ABCEGHJ-NPRSTV-Z]\\d'),
];
const LABELLED_CODE =
  /(?<![\p{L}\p{N}])(?:zip|zip ?-?code|postal ?code|postcode|post code|plz|postleitzahl)(?:\s{1,2}is)?\s{0,2}:?\s{0,2}(\d{4,6}(?:-\d{4})?)(?![\p{L}\p{N}])/giu;
const CROSSING =
  /(?<![\p{L}\p{N}])(?:the )?corner of [\p{Lu}\d][^\n,.;!?]{2,60}? (?:and|&) \p{Lu}[\p{L}'’-]{1,30}(?: \p{Lu}[\p{L}'’-]{1,30}){0,3}/gu;
const HAS_SIGN = /\d|corner of/u;
const MOST_BETWEEN_CHARS = 4;

/** Postal addresses by street and number, flat, box and code in the notations of several countries; pieces joined. */
export function findPostalAddresses(text: string): Span[] {
  if (!HAS_SIGN.test(text)) return [];
  const spans: Span[] = [];
  for (const piece of [...PIECES, CROSSING]) {
    for (const match of text.matchAll(piece))
      spans.push({ start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(LABELLED_CODE)) {
    const end = match.index + match[0].length;
    spans.push({ start: end - match[1]!.length, end });
  }
  return joinedSpans(text, spans);
}

function joinedSpans(text: string, spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    const isNext =
      last !== undefined &&
      span.start - last.end <= MOST_BETWEEN_CHARS &&
      !/[^\s,;]/u.test(text.slice(last.end, span.start));
    if (isNext) joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
}
