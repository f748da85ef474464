import { describeVoice, habitOf } from './voice-habits.js';
import { emptyProfile, profileOf } from './voice-profile.js';
import { chatty, stately, textsBy } from './writers.fixture.js';

const friend = describeVoice(profileOf('chat', textsBy(chatty, 60, 6)));
const senator = describeVoice(profileOf('article', textsBy(stately, 60, 6)));

it('says in plain figures how somebody writes', () => {
  expect(friend).toMatchObject({ register: 'chat', texts: 60 });
  expect(friend.wordsPerSentence).toBeLessThan(12);
  expect(senator.wordsPerSentence).toBeGreaterThan(16);
  expect(friend.per100Words['contraction']).toBeGreaterThan(5);
  expect(senator.per100Words['contraction']).toBe(0);
  expect(friend.per100Words['I, me, my']).toBeGreaterThan(senator.per100Words['I, me, my']!);
  expect(friend.lettersPerWord).toBeLessThan(senator.lettersPerWord);
  expect(Object.values(friend.sentenceLengths).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
});

it('names favourite openers and phrases', () => {
  expect(friend.openers.map(({ word }) => word)).toEqual(expect.arrayContaining(['so', 'anyway', 'but']));
  expect(senator.openers[0]!.share).toBeGreaterThan(0.1);
  expect(senator.phrases.map(({ phrase }) => phrase).join()).toMatch(/maintained by such measures/);
  expect(friend.phrases.every(({ count }) => count >= 3)).toBe(true);
});

it('gives a rule its habit', () => {
  expect(habitOf(friend, 'contractions')).toBe(friend.per100Words['contraction']);
  expect(habitOf(friend, 'long sentences')).toBe(friend.wordsPerSentence);
  expect(habitOf(friend, 'spacing')).toBeNull();
});

it('describes nothing as nothing', () => {
  expect(describeVoice(emptyProfile('post'))).toMatchObject({
    words: 0,
    wordsPerSentence: 0,
    openers: [],
    phrases: [],
  });
});
