import { Ids } from '../shared/index.js';
import { requestIdMaker } from './request-context.js';

class OneId extends Ids {
  next(): string {
    return 'made';
  }
}

const requestIdOf = (given: unknown) => requestIdMaker(new OneId())({ headers: { 'x-request-id': given } });

describe('requestIdMaker', () => {
  it.each(['a', 'trace-01.b_c~d', 'x'.repeat(128)])('takes the id of the caller: %s', (given) => {
    expect(requestIdOf(given)).toBe(given);
  });

  it.each(['', ' a', 'a b', 'a\n', 'é', 'a"b', '{}', 'x'.repeat(129), ['a'], undefined])(
    'makes one instead of %j',
    (given) => {
      expect(requestIdOf(given)).toBe('made');
    },
  );
});
