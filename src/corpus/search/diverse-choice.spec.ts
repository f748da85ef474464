import fc from 'fast-check';
import { chooseDiverse } from './diverse-choice.js';
import type { RankedDocument } from './ranker.port.js';

function document(id: number, text: string, score: number): RankedDocument {
  return {
    id,
    source: 'notes',
    external_id: String(id),
    thread_id: null,
    reply_to: null,
    author_role: 'self',
    author_name: null,
    title: null,
    text,
    is_cut: false,
    url: null,
    created_at: null,
    language: null,
    engagement: null,
    safety_tags: null,
    token_count: text.split(' ').length,
    content_hash: String(id).padStart(64, '0'),
    text_fingerprint: String(id),
    bm25: score,
    relatedWords: 0,
    thread: 0,
    factors: [],
    score,
  };
}

const idsOf = (documents: readonly RankedDocument[]) => documents.map((each) => each.id);

describe('chooseDiverse', () => {
  it('lets another text pass one that repeats the best', () => {
    const documents = [
      document(1, 'frost broke the pump', 10),
      document(2, 'frost broke a pump', 9.9),
      document(3, 'snow on the roof', 9.5),
    ];
    expect(idsOf(chooseDiverse(documents, 3, 0))).toEqual([1, 2, 3]);
    const chosen = chooseDiverse(documents, 3, 0.1);
    expect(idsOf(chosen)).toEqual([1, 3, 2]);
    expect(chosen.map((each) => each.score)).toEqual([10, 9.5, 8.91]);
    expect(chosen[2]!.factors).toEqual([{ name: 'diversity', value: 0.9 }]);
  });

  it('tells long texts that begin alike from copies', () => {
    const beginning = 'frost broke the pump in the shed behind the house';
    const cut = (id: number, tokens: number) => ({
      ...document(id, beginning, 10 - id),
      is_cut: true,
      token_count: tokens,
    });
    expect(idsOf(chooseDiverse([cut(1, 1_000), cut(2, 3_000), cut(3, 1_010)], 3, 0))).toEqual([1, 2]);
  });

  it('gives distinct documents in falling order, the best unchanged', () => {
    const words = fc.array(fc.constantFrom('frost', 'snow', 'rain', 'hail', 'pump'), {
      minLength: 1,
      maxLength: 6,
    });
    const ranked = fc
      .array(fc.tuple(words, fc.integer({ min: 1, max: 1_000 })), { maxLength: 30 })
      .map((pairs) =>
        pairs
          .map(([text, score], id) => document(id, text.join(' '), score))
          .sort((a, b) => b.score - a.score),
      );
    fc.assert(
      fc.property(ranked, fc.integer({ min: 1, max: 10 }), (documents, count) => {
        const chosen = chooseDiverse(documents, count, 0.3);
        const scores = chosen.map((each) => each.score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        expect(new Set(idsOf(chosen)).size).toBe(chosen.length);
        expect(chosen[0]).toEqual(documents[0]);
        expect(chosen.length).toBeLessThanOrEqual(count);
      }),
    );
  });
});
