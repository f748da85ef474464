import { AppError } from './errors.js';

describe('AppError', () => {
  it('can be repeated when something is unavailable, and not otherwise, unless it says so', () => {
    expect(new AppError('a.b', 'unavailable', 'x').retryable).toBe(true);
    expect(new AppError('a.b', 'invalid', 'x').retryable).toBe(false);
    expect(new AppError('a.b', 'unavailable', 'x', { retryable: false }).retryable).toBe(false);
    expect(new AppError('a.b', 'conflict', 'x', { retryable: true }).retryable).toBe(true);
  });

  it('carries its code, its hint and its cause', () => {
    const cause = new Error('socket');
    const error = new AppError('a.b', 'conflict', 'It is taken.', { hint: 'Wait.', cause });
    expect(error).toMatchObject({
      name: 'AppError',
      code: 'a.b',
      message: 'It is taken.',
      hint: 'Wait.',
      cause,
    });
  });
});
