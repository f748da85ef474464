import { acrossHalves, areaUnderCurve, bestThreshold, pearson, verdictsAt } from './classification.js';

const items = (...scores: readonly (readonly [number, boolean])[]) =>
  scores.map(([score, positive], index) => ({ score, positive, group: String(index) }));

describe('areaUnderCurve', () => {
  it('is the share of pairs in the right order, ties counted half', () => {
    expect(areaUnderCurve(items([1, true], [0, false]))).toBe(1);
    expect(areaUnderCurve(items([0, true], [1, false]))).toBe(0);
    expect(areaUnderCurve(items([1, true], [1, false]))).toBe(0.5);
    expect(areaUnderCurve(items([3, true], [1, true], [2, false], [0, false]))).toBe(0.75);
  });

  it('says nothing where a kind is missing', () => {
    expect(areaUnderCurve(items([1, true]))).toBeNull();
  });
});

describe('verdictsAt', () => {
  it('counts both errors', () => {
    const verdicts = verdictsAt(
      items([0.9, true], [0.4, true], [0.6, false], [0.1, false], [0.2, false]),
      0.5,
    );
    expect(verdicts.missedPositives).toBe(0.5);
    expect(verdicts.missedNegatives).toBeCloseTo(1 / 3);
    expect(verdicts.balancedAccuracy).toBeCloseTo(7 / 12);
    expect(verdicts.f1OfNegatives).toBeCloseTo(4 / 6);
  });

  it('gives .5 to a rule that accepts everything', () => {
    expect(verdictsAt(items([1, true], [1, false]), 0).balancedAccuracy).toBe(0.5);
  });
});

it('chooses the threshold that is best', () => {
  const scores = items([0.9, true], [0.7, true], [0.6, false], [0.1, false]);
  expect(bestThreshold(scores, (verdicts) => verdicts.balancedAccuracy)).toBe(0.7);
});

it('tests a threshold on the half it was not chosen on', () => {
  const balanced = (verdicts: { balancedAccuracy: number }) => verdicts.balancedAccuracy;
  const steady = items([0.9, true], [0.9, true], [0.1, false], [0.1, false]);
  expect(acrossHalves(steady, balanced)).toBe(1);
  const shifted = items([0.9, true], [0.3, true], [0.6, false], [0.1, false]);
  expect(acrossHalves(shifted, balanced)).toBe(0.5);
});

it('correlates', () => {
  expect(pearson([1, 2, 3], [2, 4, 6])).toBeCloseTo(1);
  expect(pearson([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1);
  expect(pearson([1, 1], [1, 2])).toBeNull();
});
