import { queryBody } from './query.schema.js';
import { requestOf } from './query-command.js';

const DEFAULTS = {
  contextMaxChars: 1_000,
  writers: { primary: 'a', firebreak: 'b', local: 'c' },
  plan: { strategy: 'balanced', draftWordsFactor: 1, contextShare: 1 } as never,
  mayRecall: false,
  asOf: '2026-11-22',
};
const sinceOf = (since?: string) => requestOf({ prompt: 'pears', since }, DEFAULTS).since;

it.each([
  ['30d', '2026-10-23T00:00:00.000Z'],
  ['2w', '2026-11-08T00:00:00.000Z'],
  ['1y', '2025-11-22T00:00:00.000Z'],
  ['99999y', '0001-01-01T00:00:00.000Z'],
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31T10:00:00+02:00', '2026-01-31T08:00:00.000Z'],
])('since %s of 22 November 2026 is %s', (given, since) => {
  expect(queryBody.parse({ prompt: 'pears', since: given }).since).toBe(given);
  expect(sinceOf(given)).toBe(since);
});

it('is absent where nothing is said, so that earlier runs replay as they were', () => {
  expect(requestOf({ prompt: 'pears' }, DEFAULTS)).not.toHaveProperty('since');
});

it.each(['soon', '0d', '30', '-1d', '2026-13-01', '12h', ''])('refuses %j', (since) => {
  expect(queryBody.safeParse({ prompt: 'pears', since }).success).toBe(false);
});
