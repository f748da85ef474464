import fc from 'fast-check';
import { piecesOf } from './pieces.js';

it('cuts at the ends of sentences', () => {
  expect(piecesOf(['One two three. Four five six. Seven eight nine.'], 4)).toEqual([
    'One two three. Four five six.',
  ]);
  expect(piecesOf(['One two. Three four.', 'Five six.'], 2)).toEqual([
    'One two.',
    'Three four.',
    'Five six.',
  ]);
});

it('puts short texts together', () => {
  expect(piecesOf(['ok', 'see you', 'at the bridge'], 3)).toEqual(['ok\nsee you', 'at the bridge']);
});

it('gives no piece that is much too short', () => {
  expect(piecesOf(['One two.'], 10)).toEqual([]);
  expect(piecesOf(['One two three four five six seven eight.'], 10)).toHaveLength(1);
  fc.assert(
    fc.property(fc.array(fc.constantFrom('Yes.', 'It is so.', 'And we go on with it all day.')), (texts) => {
      for (const piece of piecesOf(texts, 6)) expect(piece.split(/\s+/u).length).toBeGreaterThanOrEqual(5);
    }),
  );
});
