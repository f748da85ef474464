import { AnalysisMemo } from './analysis-memo.js';

it('reads a text once, and its sentences with it', () => {
  const memo = new AnalysisMemo();
  const text = memo.text('The pump runs. It is loud.');
  expect(memo.text('The pump runs. It is loud.')).toBe(text);
  expect(memo.sentence('It is loud.')).toBe(text.sentences[1]!.analysis);
  expect(text.sentences.map(({ start }) => start)).toEqual([0, 15]);
});

it('keeps no more than it may, and lets the oldest go', () => {
  const memo = new AnalysisMemo(20);
  const first = memo.sentence('The first one.');
  const second = memo.sentence('The second one.');
  expect(memo.sentence('The second one.')).toBe(second);
  expect(memo.sentence('The first one.')).not.toBe(first);
});

it('does not keep what is larger than all it may keep', () => {
  const memo = new AnalysisMemo(5);
  const text = memo.text('The pump runs.');
  expect(memo.text('The pump runs.')).not.toBe(text);
});
