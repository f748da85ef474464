import type { CitedText } from '../../shared/index.js';
import { measureManner } from './manner.measure.js';

const text = (...sentences: string[]): CitedText =>
  sentences.map((each) => ({ text: each, snippetIds: [], paragraph: 0 }));
const FORMAL = { tone: 'formal', style: null, voice: null } as const;

describe('measureManner', () => {
  it('names each place in its own sentence, with what would mend it', () => {
    const output = text('The committee has met.', "It doesn't agree, and it won't pay.");
    const { tone, faults } = measureManner(output, FORMAL, 'en');
    expect(tone).toBeLessThan(1);
    const contractions = faults.find(({ rule }) => rule === 'contractions');
    expect(
      contractions?.places.map(({ sentence, span, fix }) => [
        output[sentence]!.text.slice(span.start, span.end),
        fix,
      ]),
    ).toEqual([
      ["doesn't", 'does not'],
      ["won't", 'will not'],
    ]);
  });

  it('puts the worst first, and lists nothing where nothing jars', () => {
    const { faults } = measureManner(text("OMG!!! It's gonna be sooo cool!!!", 'Yeah!!!'), FORMAL, 'en');
    const penalties = faults.map(({ penalty }) => penalty);
    expect(penalties).toEqual(penalties.toSorted((one, other) => other - one));
    expect(penalties.length).toBeGreaterThan(1);
    expect(measureManner(text('The committee has met and has agreed.'), FORMAL, 'en').faults).toEqual([]);
  });

  it('scores a style only where one is asked for, and no other language at all', () => {
    const output = text('The committee has met and has agreed.');
    expect(measureManner(output, FORMAL, 'en').style).toBeNull();
    expect(measureManner(output, { ...FORMAL, style: 'concise' }, 'en').style).toBeGreaterThan(0);
    expect(measureManner(output, FORMAL, 'other')).toEqual({ tone: null, style: null, faults: [] });
  });
});
