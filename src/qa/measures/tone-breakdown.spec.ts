import fc from 'fast-check';
import { STYLES, TONES } from '../../shared/index.js';
import { RULE_FORMS, STYLE_TOLERANCES, TONE_TOLERANCES } from '../lexicon/tone-rules.js';
import { HEDGES, INTENSIFIERS, SLANG, STIFF, WORDY } from '../lexicon/tone-words.js';
import { describeVoice, profileOf } from '../voice/index.js';
import { chatty, stately, textsBy } from '../voice/writers.fixture.js';
import { toneBreakdown } from './tone.measure.js';

const PLAIN =
  'The committee met on Tuesday. It reviewed the plan for the library and agreed on the cost. Work starts in May, and the first rooms open again in autumn. Members who want to help can write to the office.';
const CONTRACTED =
  "We don't know yet. It's a small plan, and we can't say what it'll cost. They haven't asked us.";

const rule = (
  text: string,
  name: string,
  tone: (typeof TONES)[number],
  style: (typeof STYLES)[number] | null = null,
) => {
  const found = toneBreakdown(text, tone, style).rules.find((each) => each.rule === name);
  if (!found) throw new Error(`no rule ${name}`);
  return found;
};
/** The text with all fixes of a rule carried out. */
const fixed = (text: string, { spans }: ReturnType<typeof rule>) =>
  spans
    .toSorted((one, other) => other.start - one.start)
    .reduce(
      (out, { start, end, fix }) => (fix === null ? out : out.slice(0, start) + fix + out.slice(end)),
      text,
    );

describe('a breakdown', () => {
  it('takes plain text for every tone and style', () => {
    for (const tone of TONES)
      for (const style of STYLES) {
        const { tone: ofTone, style: ofStyle, rules } = toneBreakdown(PLAIN, tone, style);
        expect([tone, style, ofTone, ofStyle, rules.filter(({ penalty }) => penalty > 0)]).toEqual([
          tone,
          style,
          1,
          1,
          [],
        ]);
      }
  });

  it('spells out contractions where a tone is hurt by them', () => {
    const found = rule(CONTRACTED, 'contractions', 'formal');
    expect(found.penalty).toBeGreaterThan(0.2);
    expect(fixed(CONTRACTED, found)).toBe(
      'We do not know yet. It is a small plan, and we cannot say what it will cost. They have not asked us.',
    );
    expect(rule(fixed(CONTRACTED, found), 'contractions', 'formal').penalty).toBe(0);
  });

  it.each([
    ["Can't we? Won't you? I'm here.", 'Cannot we? Will not you? I am here.'],
    ["It's been long, and that's it. Let's go.", 'It has been long, and that is it. Let us go.'],
    ["Anna's dog ate the cat's food.", "Anna's dog ate the cat's food."],
    ["He'd gone.", "He'd gone."],
    ['We’re sure you’ve seen it.', 'We are sure you have seen it.'],
  ])('spells out %s', (text, expected) => {
    expect(fixed(text, rule(text, 'contractions', 'formal'))).toBe(expected);
  });

  it.each([
    [
      'wordy phrases',
      'concise',
      'We met in order to decide. It should be noted that we left.',
      'We met to decide. It should be noted that we left.',
    ],
    ['slang', 'formal', "I'm gonna help ur team.", "I'm going to help your team."],
    ['stiff words', 'conversational', 'Utilize the room prior to noon.', 'Use the room before noon.'],
  ] as const)('rewrites %s for %s: %s', (name, style, text, expected) => {
    expect(fixed(text, rule(text, name, 'neutral', style))).toBe(expected);
  });

  it.each([
    ['spacing', 'One,two  three , four.Five', 'One, two three, four. Five'],
    ['repeated marks', 'What?! No!!!', 'What? No!'],
    ['ellipses', 'We wait... We go on… and on.', 'We wait. We go on… and on.'],
    ['exclamation marks', 'Come in! Sit down!', 'Come in. Sit down.'],
    [
      'missing terminators',
      'The plan was agreed on. Then we all went home',
      'The plan was agreed on. Then we all went home.',
    ],
    ['mixed quotes', 'He said “yes” and "no" and “maybe”.', 'He said “yes” and “no” and “maybe”.'],
  ])('mends %s', (name, text, expected) => {
    expect(fixed(text, rule(text, name, 'professional'))).toBe(expected);
  });

  it('takes no heading, list or address for a sentence without an end', () => {
    const text =
      '# The plan for next year\n- buy the seeds for it\n1. call all of them\nYours sincerely\nSo we go.';
    expect(rule(text, 'missing terminators', 'formal').spans).toEqual([]);
  });

  it('finds passives, and no adjectives or perfects', () => {
    const spans = (text: string) =>
      rule(text, 'passive', 'casual').spans.map(({ start, end }) => text.slice(start, end));
    expect(spans('The plan was carefully prepared and is not finished. It has been sent.')).toEqual([
      'was carefully prepared',
      'is not finished',
      'been sent',
    ]);
    expect(spans('We are tired. She is interested in it. He has worked. It is indeed red.')).toEqual([]);
  });

  it('hears who is rude', () => {
    const rude =
      'Why do you never read what I wrote? You are wrong again. Stop deleting my nonsense, you ignorant troll!';
    const polite =
      'Thanks for your help! Could you please have a look when you have time? I would be happy to explain.';
    expect(rule(rude, 'impolite requests', 'friendly').penalty).toBeGreaterThan(0.2);
    expect(rule(polite, 'impolite requests', 'friendly').penalty).toBe(0);
    expect(
      rule('The wall was wrong. It was bad work, and nothing helped.', 'impolite requests', 'friendly')
        .penalty,
    ).toBe(0);
  });

  it('tells styles apart', () => {
    const long = `${'It should be noted that the report, which was very clearly written over the course of the year, is really quite long and is of interest to a large number of people. '.repeat(3)}`;
    const chopped = 'We met. We ate. It rained. We left. It was fun. We go again.';
    const style = (text: string, name: (typeof STYLES)[number]) =>
      toneBreakdown(text, 'neutral', name).style!;
    expect(style(long, 'concise')).toBeLessThan(0.6);
    expect(style(long, 'detailed')).toBeGreaterThan(style(long, 'concise'));
    expect(style(chopped, 'detailed')).toBeLessThan(0.8);
    expect(style(chopped, 'concise')).toBe(1);
    expect(style(CONTRACTED, 'conversational')).toBe(1);
    expect(style(CONTRACTED, 'formal')).toBeLessThan(0.8);
    expect(toneBreakdown(PLAIN, 'neutral', null).style).toBeNull();
  });

  it('lets owners keep their habits, and only theirs', () => {
    const friend = describeVoice(profileOf('post', textsBy(chatty, 40, 8)));
    const senator = describeVoice(profileOf('post', textsBy(stately, 40, 8)));
    const score = (habits: typeof friend | null) =>
      toneBreakdown(CONTRACTED, 'professional', 'formal', habits);
    expect(score(null).tone).toBeLessThan(1);
    expect(score(friend).tone).toBeGreaterThan(score(null).tone + 0.1);
    expect(score(friend).style).toBeGreaterThan(score(null).style!);
    expect(score(senator).tone).toBe(score(null).tone);
  });

  it('keeps scores in 0..1 and spans inside of any text', () => {
    const piece = fc.constantFrom(
      "don't",
      'LOL',
      '!!',
      '🎉',
      '...',
      '"',
      '“',
      ' ',
      '\n',
      'we',
      'utilize',
      'NO NO NO',
      'Why',
      'you',
      '?',
      '\ud800',
      '漢字',
      ':)',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((parts) => parts.join(' ')),
          fc.string({ unit: 'binary' }),
        ),
        fc.constantFrom(...TONES),
        fc.constantFrom(...STYLES),
        (text, tone, style) => {
          const found = toneBreakdown(text, tone, style);
          for (const score of [found.tone, found.style!]) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
          }
          for (const { spans, penalty, value } of found.rules) {
            expect(penalty).toBeGreaterThanOrEqual(0);
            expect(Number.isFinite(value)).toBe(true);
            for (const { start, end } of spans)
              expect(0 <= start && start <= end && end <= text.length).toBe(true);
          }
        },
      ),
    );
  });

  it('grows no better by more exclamation marks', () => {
    const scores = ['.', '!', '!!', '!!!'].map(
      (mark) => toneBreakdown(PLAIN.replaceAll('.', mark), 'professional', null).tone,
    );
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    expect(scores[1]).toBeLessThan(1);
  });
});

describe('the rules', () => {
  it('weigh between 0 and 1, and each has a form', () => {
    for (const { span, weight } of Object.values(RULE_FORMS)) {
      expect(span).toBeGreaterThan(0);
      expect(weight).toBeGreaterThan(0);
      expect(weight).toBeLessThanOrEqual(0.5);
    }
    for (const tolerances of [...Object.values(TONE_TOLERANCES), ...Object.values(STYLE_TOLERANCES)])
      expect(Object.keys(tolerances).filter((name) => !(name in RULE_FORMS))).toEqual([]);
  });

  it.each([SLANG, STIFF, HEDGES, INTENSIFIERS, WORDY].map((lexicon, at) => [at, lexicon] as const))(
    'read lexicon %i whole',
    (_, lexicon) => {
      expect(lexicon.size).toBeGreaterThan(20);
      for (const [word, { weight, fix }] of lexicon) {
        expect(word).toMatch(/^[a-z' ]+$/u);
        expect(weight).toBeGreaterThan(0);
        expect(weight).toBeLessThanOrEqual(1);
        expect(fix === null || /^[A-Za-z ]*$/u.test(fix)).toBe(true);
      }
    },
  );

  it('wants no particular word: a tone is never better for a word of its own', () => {
    const bare = toneBreakdown(PLAIN, 'formal', 'formal');
    const furthermore = toneBreakdown(`Furthermore, ${PLAIN} Therefore, we agree.`, 'formal', 'formal');
    expect(furthermore.tone).toBeLessThanOrEqual(bare.tone);
    expect(bare.tone).toBe(1);
  });
});
