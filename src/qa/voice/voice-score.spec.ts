import { prepareVoice } from './voice-model.js';
import { emptyProfile, profileOf } from './voice-profile.js';
import { scoreVoice } from './voice-score.js';
import { chatty, stately, textsBy } from './writers.fixture.js';

const own = prepareVoice(profileOf('post', textsBy(stately, 80, 8)));
const [ownDraft] = textsBy(stately, 1, 9, 99);
const [otherDraft] = textsBy(chatty, 1, 20, 99);
const numeric = (text: string, model = own) => {
  const result = scoreVoice(model, text);
  if (result.score === null) throw new Error(result.reason);
  return result;
};

describe('a voice score', () => {
  it('is high for the owner and low for another', () => {
    const mine = numeric(ownDraft!);
    const theirs = numeric(otherDraft!);
    expect(mine.score).toBeGreaterThan(0.1);
    expect(theirs.score).toBeLessThan(0.05);
    expect(mine.similarity).toBeGreaterThan(theirs.similarity + 0.3);
    expect(
      numeric(otherDraft!, prepareVoice(profileOf('post', textsBy(chatty, 80, 12)))).score,
    ).toBeGreaterThan(0.1);
  });

  it('lies near the middle for the owner on the whole', () => {
    const scores = textsBy(stately, 60, 9, 1234).map((text) => numeric(text).score);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    expect(mean).toBeGreaterThan(0.3);
    expect(mean).toBeLessThan(0.8);
  });

  it('names its uncertainty and what it compared with', () => {
    const { score, low, high, pieces, pieceWords, words } = numeric(ownDraft!);
    expect(low).toBeLessThan(score);
    expect(high).toBeGreaterThan(score);
    expect(high - low).toBeGreaterThan(0.02);
    expect(pieces).toBeGreaterThanOrEqual(8);
    expect(pieceWords).toBe(250);
    expect(words).toBeGreaterThan(150);
  });

  it('is surer with more pieces', () => {
    const few = numeric(ownDraft!, prepareVoice(profileOf('post', textsBy(stately, 24, 8))));
    expect(few.pieces).toBeLessThan(numeric(ownDraft!).pieces);
    expect(few.high - few.low).toBeGreaterThan(0.15);
  });

  it('compares a long draft part by part', () => {
    const [long] = textsBy(stately, 1, 200, 5);
    const result = numeric(long!);
    expect(result.pieceWords).toBeLessThan(result.words);
    expect(result.score).toBeGreaterThan(0.1);
  });

  it('says when there is too little to say', () => {
    const reasonOf = (text: string, model = own) => {
      const result = scoreVoice(model, text);
      return result.score === null ? result.reason : null;
    };
    expect(reasonOf('')).toBe('too_little_text');
    expect(reasonOf('It is a short draft.')).toBe('too_little_text');
    expect(reasonOf('Bäume wachsen langsam und brauchen viel Wasser. '.repeat(20))).toBe('not_english');
    expect(reasonOf('const result = compute(value, index); return result; '.repeat(30))).toBe('not_english');
    expect(reasonOf(ownDraft!, prepareVoice(emptyProfile('post')))).toBe('too_little_profile');
    expect(reasonOf(ownDraft!, prepareVoice(profileOf('post', textsBy(stately, 4, 8))))).toBe(
      'too_little_profile',
    );
    // One long text of one occasion shows nothing of how its owner varies.
    expect(reasonOf(ownDraft!, prepareVoice(profileOf('post', textsBy(stately, 1, 120))))).toBe(
      'too_little_profile',
    );
  });

  it('is the same every time', () => {
    const again = prepareVoice(profileOf('post', textsBy(stately, 80, 8).toReversed()));
    expect(scoreVoice(again, ownDraft!)).toEqual(scoreVoice(own, ownDraft!));
  });

  it.each([
    '🎉 '.repeat(100),
    'WE SHALL NOT DO IT AND YOU MUST. '.repeat(30),
    '\ud800 the and of '.repeat(60),
    'and the '.repeat(60_000),
  ])('takes any text (%#)', (text) => {
    const { score } = scoreVoice(own, text);
    if (score !== null) expect(score).toBeLessThan(0.5);
  });
});
