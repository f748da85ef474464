import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { databaseFault } from './database-fault.js';

const fromPostgres = (code: string) =>
  Object.assign(new Error('the server said so'), { code, severity: 'FATAL' });
const fromSystem = (code: string, syscall: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

describe('databaseFault', () => {
  it.each([
    ['a lost connection', fromPostgres('08006')],
    ['too many connections', fromPostgres('53300')],
    ['a shutdown', fromPostgres('57P01')],
    ['a start', fromPostgres('57P03')],
    ['a serialization failure', fromPostgres('40001')],
    ['a deadlock', fromPostgres('40P01')],
    ['nobody listening', fromSystem('ECONNREFUSED', 'connect')],
    ['a closed socket', fromSystem('ECONNRESET', 'read')],
    ['a missing Unix socket', fromSystem('ENOENT', 'connect')],
    ['an unknown host', fromSystem('ENOTFOUND', 'getaddrinfo')],
    ['a driver that lost its connection', new Error('Connection terminated unexpectedly')],
    ['an exhausted pool', new Error('timeout exceeded when trying to connect')],
    ['a line lost between two statements', new QueryRunnerProviderAlreadyReleasedError()],
    ['a line lost before the commit', new QueryRunnerAlreadyReleasedError()],
    ['a failed query', new QueryFailedError('SELECT 1', [], fromPostgres('57P01'))],
    ['an error that was wrapped', new Error('cannot start', { cause: fromPostgres('08001') })],
    ['several addresses that all refused', new AggregateError([fromSystem('ECONNREFUSED', 'connect')])],
  ])('takes %s for the database being away', (_what, error) => {
    expect(databaseFault(error)).toMatchObject({
      code: 'database.unavailable',
      kind: 'unavailable',
      retryable: true,
      retryAfterSeconds: 5,
      cause: expect.any(Error),
    });
  });

  it.each([
    ['a broken rule', fromPostgres('23505')],
    ['a wrong statement', new QueryFailedError('SELEKT', [], fromPostgres('42601'))],
    ['a wrong password', fromPostgres('28P01')],
    ['a missing file', fromSystem('ENOENT', 'open')],
    ['a fault of our own', new TypeError('x is not a function')],
    ['what is no error', 'ECONNREFUSED'],
    ['nothing', undefined],
  ])('takes %s for another error', (_what, error) => {
    expect(databaseFault(error)).toBeNull();
  });
});
