import { analyze } from '../analysis/analysis.js';
import { measureTone } from './tone.measure.js';

const tone = (text: string, wanted: Parameters<typeof measureTone>[1]) =>
  measureTone(
    text.split(/(?<=[.!?])\s/u).map((sentence) => analyze(sentence)),
    wanted,
  );

const PLAIN =
  'The committee met on Tuesday. It reviewed the plan for the library and agreed on the cost. Work starts in May.';
const CHATTY =
  "omg you guys, it's gonna be awesome!!! I can't wait lol! We've got cake and stuff, don't forget ur shoes 🎉!";
const OFFICE =
  'The undersigned shall commence the works forthwith. Costs are hereby approved pursuant to clause four herein.';

it.each(['professional', 'formal', 'casual', 'friendly', 'neutral'] as const)(
  'takes plain text for %s without wanting special words',
  (wanted) => {
    expect(tone(PLAIN, wanted)).toBe(1);
  },
);

it('tells chat from office', () => {
  expect(tone(CHATTY, 'formal')).toBeLessThan(0.2);
  expect(tone(CHATTY, 'professional')).toBeLessThan(0.5);
  expect(tone(CHATTY, 'casual')).toBeGreaterThan(0.6);
  expect(tone(OFFICE, 'formal')).toBeGreaterThan(0.8);
  expect(tone(OFFICE, 'friendly')).toBeLessThan(0.7);
  expect(tone(OFFICE, 'friendly')).toBeLessThan(tone(PLAIN, 'friendly'));
});

it('lowers the score as contractions grow', () => {
  const text = (contracted: number) =>
    Array.from({ length: 10 }, (_, i) =>
      i < contracted ? "They don't see the point." : 'They see the point.',
    ).join(' ');
  const scores = [0, 2, 5, 10].map((contracted) => tone(text(contracted), 'formal'));
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(scores[3]!).toBeLessThan(scores[1]!);
});
