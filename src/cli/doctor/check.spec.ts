import { ConfigError } from '../../config/index.js';
import { AppError } from '../../shared/index.js';
import { checked, ok } from './check.js';

it('tells what a check finds', async () => {
  expect(await checked('disk', () => ok('fine'))).toEqual({
    name: 'disk',
    state: 'ok',
    says: 'fine',
    next: null,
  });
});

it.each([
  [new AppError('a.b', 'invalid', 'Broken.', { hint: 'Mend it.' }), 'Broken. [a.b]', 'Mend it.'],
  [
    new ConfigError([{ name: 'PORT', problem: 'is odd', example: '1' }]),
    'PORT is odd',
    expect.stringContaining('.env.example'),
  ],
  [new TypeError('oh'), 'oh', expect.any(String)],
  ['words', 'words', expect.any(String)],
])('makes a finding of what is thrown', async (thrown, says, next) => {
  const check = () => {
    throw thrown;
  };
  expect(await checked('it', check)).toEqual({ name: 'it', state: 'fail', says, next });
});

it('gives up on what does not end', async () => {
  const found = await checked('it', () => new Promise(() => {}), 10);
  expect(found).toMatchObject({ state: 'fail', says: expect.stringContaining('no answer') });
});
