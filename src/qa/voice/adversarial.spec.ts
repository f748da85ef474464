import { TONES } from '../../shared/index.js';
import { measurePoliteness } from '../measures/politeness.measure.js';
import { toneBreakdown } from '../measures/tone.measure.js';
import { countStyle } from './style-counts.js';
import { describeVoice } from './voice-habits.js';
import { profileOf } from './voice-profile.js';

const SIZE = 100_000;
const fill = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

/** Each hits the first part of some pattern again and again and never completes it. */
const TEXTS = [
  ...[
    'a',
    '1',
    ' ',
    '\n',
    '"',
    '“',
    '!',
    '?',
    '.',
    '…',
    '-',
    '—',
    "'",
    '’',
    ':',
    ':-',
    '@',
    '@a ',
    '(',
    '🎉',
    '🎉\u200d',
  ],
  ...[
    'é',
    'שלום ',
    '漢字',
    '\u0000',
    '\ud800',
    'A',
    'AB ',
    'AB',
    'a. ',
    'A. ',
    'no.',
    'a  ',
    ' ,',
    'aa,',
    "a'",
    "n't",
    "don't ",
  ],
  ...[
    'is not ',
    'was really ',
    'great ',
    'great a',
    'it would be ',
    'in order ',
    'due to the ',
    'i would ',
    'why ',
    'you? ',
  ],
  ...['a?', 'if you have ', 'e.', '...', '. .', 'i', 'i ', '<', '| ', '# ', '1. '],
].map((piece) => [piece, fill(piece)] as const);

it.each(TEXTS)('reads 100,000 characters of %j', (_piece, text) => {
  const { counts } = countStyle(text);
  expect(counts.every((count) => count >= 0 && count <= SIZE)).toBe(true);
  for (const tone of TONES.slice(0, 1)) {
    const { tone: score, rules } = toneBreakdown(text, tone, 'formal');
    expect(score).toBeGreaterThanOrEqual(0);
    expect(rules.every(({ spans }) => spans.every(({ end }) => end <= SIZE))).toBe(true);
  }
  expect(measurePoliteness(text).score).toBeLessThanOrEqual(1);
  expect(describeVoice(profileOf('chat', [text])).phrases.length).toBeLessThanOrEqual(12);
});
