import type { AuthorRole, Snippet } from '../../shared/index.js';
import { analyze } from '../analysis/analysis.js';
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

describe('voice match', () => {
  const snippet = (text: string, authorRole: AuthorRole): Snippet => ({
    id: text.slice(0, 8),
    text,
    score: 1,
    attribution: {
      documentId: 'd',
      corpus: 'personal',
      source: 'markdown',
      externalId: 'e',
      threadId: null,
      authorRole,
      title: null,
      url: null,
      timestamp: null,
      span: { start: 0, end: text.length },
      documentHash: '0',
    },
  });
  const TERSE = 'Pumps fixed. Tomatoes watered. Next: compost, seeds, tools. Bought rope. ';
  const CHATTY = 'I was in the shed and it was so cold that I had to go back to the house for my coat. ';

  it('says nothing below 300 words of the owner', () => {
    expect(measureVoiceMatch(CHATTY, [snippet(CHATTY.repeat(13), 'self')])).toBeNull();
    expect(measureVoiceMatch(CHATTY, [snippet(CHATTY.repeat(40), 'assistant')])).toBeNull();
    expect(measureVoiceMatch(CHATTY, [snippet(CHATTY.repeat(14), 'self')])).toBeCloseTo(1);
  });

  it('is higher for the own way of writing than for another', () => {
    const own = [snippet(CHATTY.repeat(20), 'self')];
    const alike = measureVoiceMatch('She was so late that I had to wait in the hall for my bus.', own)!;
    const other = measureVoiceMatch(`${TERSE} Because of this, all should be well by then.`, own)!;
    expect(alike).toBeGreaterThan(other);
    expect(measureVoiceMatch(TERSE, own)).toBeLessThan(0.4);
  });
});
