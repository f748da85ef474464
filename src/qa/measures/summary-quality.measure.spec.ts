import fc from 'fast-check';
import { measureSummaryQuality } from './summary-quality.measure.js';

const SOURCE = [
  'The tiled stove heats the kitchen and the studio.',
  'It rained on Sunday.',
  'My grandfather built the tiled stove in 1931.',
  'The kitchen has a stone floor.',
];

describe('measureSummaryQuality', () => {
  it('tells the sentences that were kept, whole or shortened, from those that were dropped', () => {
    const { kept, dropped } = measureSummaryQuality(SOURCE, [
      'My grandfather built the stove.',
      'The tiled stove heats the kitchen and the studio.',
    ]);
    expect(kept).toEqual([0, 2]);
    expect(dropped).toEqual([1, 3]);
  });

  it('traces no sentence that shares too few words with the source', () => {
    expect(measureSummaryQuality(SOURCE, ['The stove of a hotel burned down.']).kept).toEqual([]);
  });

  it('weighs concepts by how many sentences speak of them, and shows where the missing ones stand', () => {
    const { missing, conceptsKept } = measureSummaryQuality(SOURCE, ['The kitchen has a stone floor.']);
    expect(missing[0]).toMatchObject({ word: 'tiled', sentence: 0, span: { start: 4, end: 9 } });
    const { word, sentence, span } = missing[1]!;
    expect(SOURCE[sentence]!.slice(span.start, span.end)).toBe(word);
    const better = measureSummaryQuality(SOURCE, ['The tiled stove has a stone floor.']);
    expect(better.conceptsKept).toBeGreaterThan(conceptsKept);
  });

  it('weighs a concept that more sentences speak of more, though less than as often', () => {
    const { conceptsKept } = measureSummaryQuality(['A red barn.', 'A red boat.'], ['It is red.']);
    const [often, once] = [2 * Math.log(2), Math.log(3)];
    expect(conceptsKept).toBeCloseTo(often / (often + 2 * once));
  });

  it('measures length and repetition', () => {
    const once = measureSummaryQuality(SOURCE, [SOURCE[3]!]);
    expect(once.compression).toBeCloseTo(6 / 27);
    expect(once.redundancy).toBe(0);
    expect(measureSummaryQuality(SOURCE, [SOURCE[3]!, SOURCE[3]!]).redundancy).toBe(0.5);
  });

  it('says something sensible of nothing', () => {
    expect(measureSummaryQuality([], [])).toEqual({
      kept: [],
      dropped: [],
      conceptsKept: 1,
      missing: [],
      compression: 0,
      redundancy: 0,
    });
    expect(measureSummaryQuality(SOURCE, []).conceptsKept).toBe(0);
  });

  it('finds all of a source in itself, and stays within its bounds for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.string()), (source, summary) => {
        const own = measureSummaryQuality(source, source);
        expect(own.conceptsKept).toBe(1);
        expect(own.missing).toEqual([]);
        const other = measureSummaryQuality(source, summary);
        expect([...other.kept, ...other.dropped].sort((a, b) => a - b)).toEqual(source.map((_, at) => at));
        expect(other.conceptsKept).toBeGreaterThanOrEqual(0);
        expect(other.conceptsKept).toBeLessThanOrEqual(1);
        expect(other.redundancy).toBeLessThanOrEqual(1);
      }),
    );
  });
});
