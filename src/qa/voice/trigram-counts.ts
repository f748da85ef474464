import { VOICE_TRIGRAMS } from '../lexicon/voice-features.js';
import { RANGES } from './style-features.js';

/** The characters that trigrams are made of; all others have the code 0 and are in none. */
const ALPHABET = ' abcdefghijklmnopqrstuvwxyz,.;:!?()-';
const BASE = ALPHABET.length + 1;
const ASCII = 128;

const CODES = Uint8Array.from({ length: ASCII }, (_, code) => {
  const character = String.fromCharCode(code).toLowerCase();
  return /\s/u.test(character) ? 1 : ALPHABET.indexOf(character) + 1;
});

/** Places by the three codes of a run, -1 where the run is no feature: reading numbers is faster than cutting strings. */
const PLACES = new Int16Array(BASE ** 3).fill(-1);
VOICE_TRIGRAMS.forEach((run, at) => {
  const [one, two, three] = [...run].map((character) => ALPHABET.indexOf(character) + 1);
  PLACES[(one! * BASE + two!) * BASE + three!] = RANGES.trigrams.start + at;
});

/** Counts runs of three characters, without regard to case, white space taken as one space; gives back how many there are. */
export function countTrigrams(text: string, counts: number[]): number {
  let first = 0;
  let second = 0;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const code = unit < ASCII ? CODES[unit]! : 0;
    if (code === 1 && second === 1) continue;
    const place =
      first === 0 || second === 0 || code === 0 ? -1 : PLACES[(first * BASE + second) * BASE + code]!;
    if (place !== -1) counts[place]!++;
    first = second;
    second = code;
    length++;
  }
  return Math.max(0, length - 2);
}
