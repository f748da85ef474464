import { analyze } from '../analysis/analysis.js';
import { ownVoice, profileOf } from '../voice/index.js';
import { chatty, stately, textsBy } from '../voice/writers.fixture.js';
import { measureCoverage } from './coverage.measure.js';
import { measureDiversity } from './diversity.measure.js';
import { measureVoiceMatch } from './voice.measure.js';

describe('coverage', () => {
  it('weighs the concepts of the prompt by rarity', () => {
    const weights = new Map([
      ['garden', 1],
      ['hydropon', 3],
    ]);
    expect(measureCoverage('a garden, hydroponic?', weights, 'Gardens are nice.')).toBe(0.25);
    expect(measureCoverage('a garden, hydroponic?', weights, 'Hydroponics and the garden.')).toBe(1);
    expect(measureCoverage('garden stones', new Map(), 'A garden.')).toBe(0.5);
  });

  it('is whole where the prompt names no concept', () => {
    expect(measureCoverage('what about it?', new Map(), '')).toBe(1);
  });
});

describe('diversity', () => {
  const of = (...texts: string[]) => measureDiversity(texts.map(analyze));

  it('falls with repetition', () => {
    expect(of('Pumps run daily.')).toBe(1);
    expect(of('Pumps run daily.', 'Tomatoes ripen slowly.')).toBe(1);
    expect(of('Pumps run daily.', 'Daily the pump runs.')).toBe(0);
    expect(of('Pumps run daily.', 'Pumps break daily.')).toBe(0.5);
  });
});

describe('voice', () => {
  it('is told by the owner’s own pieces where the voice is known, and by nothing else', () => {
    const voice = ownVoice(profileOf('post', textsBy(stately, 80, 8)));
    expect(measureVoiceMatch(textsBy(stately, 1, 9, 99)[0]!, voice)).toBeGreaterThan(0.1);
    expect(measureVoiceMatch(textsBy(chatty, 1, 20, 99)[0]!, voice)).toBeLessThan(0.1);
    expect(measureVoiceMatch('Pumps fixed. Tomatoes watered.', voice)).toBeNull();
    expect(measureVoiceMatch(textsBy(stately, 1, 9, 99)[0]!, null)).toBeNull();
  });
});
