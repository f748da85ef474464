import { joinedUserTags, userTagFault } from './user-tag.js';

describe('own tags', () => {
  it.each([
    '',
    ' a',
    'a\n',
    'a\u0000b',
    '\ud83d',
    'PII:email',
    'planted:certain',
    'import:x',
    'x'.repeat(101),
  ])('are not %j', (text) => expect(userTagFault(text)).toEqual(expect.stringMatching(/^must/)));

  it('are joined once each, in order; what a document has stays before what is given', () => {
    expect(joinedUserTags(['b'], ['a', 'b', 'pii:email', ' '])).toEqual(['a', 'b']);
    const held = Array.from({ length: 50 }, (_, at) => `t${at}`);
    expect(joinedUserTags(held, ['a'])).toEqual(held.toSorted());
  });
});
