import fc from 'fast-check';
import { AnalysisMemo } from './analysis/analysis-memo.js';
import { cited, found, measure, SOURCE } from './measure-text.fixture.js';

describe('what holds for every text', () => {
  const subject = fc.constantFrom('The gardener', 'Nina Albrecht', 'Our pump', 'The old ladder');
  const verb = fc.constantFrom('did not open', 'could not reach', 'has not seen');
  const object = fc.constantFrom('the greenhouse door', 'the northern wall', 'the seed box', 'the tall gate');
  const denial = fc.tuple(subject, verb, object).map((parts) => `${parts.join(' ')} in April.`);

  it('finds a negation that was removed', () => {
    fc.assert(
      fc.property(denial, (sentence) => {
        const report = measure(cited(sentence.replace(' not', '')), sentence, { input: cited(sentence) });
        expect(found(report, 'contradiction')).toHaveLength(1);
        expect(found(report, 'omitted')).toEqual(['not']);
      }),
    );
  });

  it('finds a number that was added', () => {
    fc.assert(
      fc.property(denial, fc.integer({ min: 2, max: 1_000_000 }), (sentence, number) => {
        const report = measure(cited(sentence.replace(' in April', ` ${number} times in April`)), sentence);
        expect(found(report, 'invented')).toContain(String(number));
      }),
    );
  });

  it('gives the same report whatever was read before in the run', () => {
    const memo = new AnalysisMemo();
    const output = cited('We moved the budget to 1,300 euros.', 'Oskar did approve the pump.');
    const first = measure(output, SOURCE, { memo });
    expect(measure(output, SOURCE, { memo })).toEqual(first);
    expect(measure(output, SOURCE)).toEqual(first);
  });

  it.each([
    ['', 'unknown'],
    ['Word', 'unknown'],
    ['🎉 🎉', 'unknown'],
    ['Die Pumpe läuft und der Garten ist nass.', 'other'],
    ['泵在黎明时运行。', 'other'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'unknown'],
    ['\ud800\udc00\ud800', 'unknown'],
    ['PUMPS RUN AT DAWN AND THEY ARE LOUD', 'en'],
  ])('measures %j', (text, language) => {
    const report = measure(cited(text), text);
    expect(report.language).toBe(language);
    expect(report.scores.grounding).toBe(1);
  });
});
