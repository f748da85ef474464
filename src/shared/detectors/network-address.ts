import type { Span } from '../text/index.js';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
/** A fifth part or a letter makes it something else: a version, a file name, a section. */
const IPV4 = new RegExp(
  `(?<![\\p{L}\\p{N}.]|\\p{N}-)${OCTET}(?:\\.${OCTET}){3}(?![\\p{L}\\p{N}]|\\.\\p{N}|-\\p{N})`,
  'gu',
);
const IPV6 = /(?<![\p{L}\p{N}:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\p{L}\p{N}:])/giu;
const VERSION_BEFORE = /(?<!\p{L})(?:version|release|build|v\.?|ver\.?|section|§)\s{0,2}$/iu;

/** Addresses of computers: IPv4 as four numbers to 255 (RFC 791), IPv6 (RFC 4291), without versions and sections. */
export function* findNetworkAddresses(text: string): Generator<Span> {
  for (const match of text.matchAll(IPV4)) {
    if (VERSION_BEFORE.test(text.slice(Math.max(0, match.index - 12), match.index))) continue;
    if (/^(?:0\.0\.0\.0|127\.|255\.255\.)/u.test(match[0])) continue;
    yield { start: match.index, end: match.index + match[0].length };
  }
  for (const match of text.matchAll(IPV6)) {
    if (isIpv6(match[0])) yield { start: match.index, end: match.index + match[0].length };
  }
}

/** Eight groups, or fewer with one gap and at least two groups written out: `::` alone and times of day are none. */
function isIpv6(address: string): boolean {
  const groups = address.split(':');
  const filled = groups.filter((group) => group !== '').length;
  const gaps = address.split('::').length - 1;
  if (gaps === 0) return groups.length === 8 && filled === 8;
  return gaps === 1 && !address.includes(':::') && filled >= 2 && filled <= 7 && /\p{L}|\d{3}/u.test(address);
}
