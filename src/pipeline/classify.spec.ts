import { classify } from './classify.js';

describe('classify', () => {
  it.each([
    ['Write a blog post about raised beds', 'writing'],
    ['Could you draft an e-mail to the council about water?', 'writing'],
    ['Say it in my own voice: why compost matters', 'voice'],
    ['When did I book the half marathon?', 'retrieval'],
    ['How many volunteers are in the rota?', 'retrieval'],
    ['List everything I said about rats', 'retrieval'],
    ['What did I decide about heating the greenhouse?', 'chat'],
    ['greenhouse', 'chat'],
  ])('%s → %s', (prompt, mode) => {
    expect(classify(prompt, undefined).mode).toBe(mode);
  });

  it('lets the caller win', () => {
    expect(classify('Write a blog post', 'chat')).toEqual({
      mode: 'chat',
      decidedBy: 'caller',
      rule: 'named-by-caller',
    });
  });

  it('ends on a prompt made to be slow', () => {
    expect(classify(`${'write '.repeat(3_000)}x`, undefined).mode).toBe('writing');
  });
});
