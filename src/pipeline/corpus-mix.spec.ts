import { corpusMixOf } from './corpus-mix.js';

describe('corpusMixOf', () => {
  it.each(['What did I decide about my garden?', 'Summarize what we’ve learned', 'our plans'])(
    'prefers what a person wrote for %j',
    (prompt) => {
      expect(corpusMixOf('chat', prompt)).toEqual({ published: 0.85 });
      expect(corpusMixOf('retrieval', prompt)).toEqual({ published: 0.85 });
    },
  );

  it.each(['How does a heat pump work?', 'Explain the tides'])(
    'prefers what is published for %j',
    (prompt) => {
      expect(corpusMixOf('chat', prompt)).toEqual({ personal: 0.85, social: 0.85 });
    },
  );

  it('prefers own words for the own voice, and nothing where a text is wanted', () => {
    expect(corpusMixOf('voice', 'Explain the tides')).toEqual({ published: 0.85 });
    expect(corpusMixOf('writing', 'An article about tides')).toEqual({});
    expect(corpusMixOf('retrieval', 'tides')).toEqual({ personal: 0.85, social: 0.85 });
  });
});
