import {
  BadRequestException,
  ForbiddenException,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';
import { AppError, type ErrorKind } from '../shared/index.js';
import { asAppError, problemOf } from './problem.js';

const statusOf = (error: unknown) => problemOf(asAppError(error), 'r1').status;
const fromFastify = (statusCode: number, message: string) =>
  Object.assign(new Error(message), { statusCode });

describe('problemOf', () => {
  it.each<[ErrorKind, number]>([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['method_not_allowed', 405],
    ['conflict', 409],
    ['too_large', 413],
    ['unsupported_media', 415],
    ['unprocessable', 422],
    ['rate_limited', 429],
    ['internal', 500],
    ['unavailable', 503],
    ['timeout', 504],
  ])('maps %s to %i', (kind, status) => {
    expect(statusOf(new AppError('a.b', kind, 'x'))).toBe(status);
  });

  it('is a problem document that says what to do', () => {
    const options = { hint: 'Wait.', taskId: 't1', details: { errors: [{ field: 'prompt' }] } };
    expect(problemOf(new AppError('run.held', 'unavailable', 'It is held.', options), 'r1')).toEqual({
      type: 'urn:mcg-agent:problem:run.held',
      title: 'Not available right now',
      status: 503,
      detail: 'It is held.',
      code: 'run.held',
      request_id: 'r1',
      task_id: 't1',
      hint: 'Wait.',
      retryable: true,
      errors: [{ field: 'prompt' }],
    });
  });

  it('lets no detail take the place of its own members', () => {
    const error = new AppError('a.b', 'conflict', 'x', {
      details: { status: 200, code: 'fine', request_id: 'r2' },
    });
    expect(problemOf(error, 'r1')).toMatchObject({ status: 409, code: 'a.b', request_id: 'r1' });
  });

  it('leaves out what there is not', () => {
    expect(Object.keys(problemOf(new AppError('a.b', 'conflict', 'x'), 'r1')).sort()).toEqual(
      ['code', 'detail', 'request_id', 'status', 'title', 'type'].sort(),
    );
  });
});

describe('asAppError', () => {
  it('leaves our own errors as they are', () => {
    const error = new AppError('a.b', 'conflict', 'x');
    expect(asAppError(error)).toBe(error);
  });

  it.each([
    ['a route of Nest that is not there', new NotFoundException('Cannot GET /nowhere'), 'http.no_route', 404],
    ['a refusal of Nest', new BadRequestException('no'), 'http.bad_request', 400],
    ['a denial of Nest', new ForbiddenException(), 'http.forbidden', 403],
    ['broken JSON', fromFastify(400, 'Body is not valid JSON'), 'http.bad_request', 400],
    ['a large body', fromFastify(413, 'Request body is too large'), 'http.body_too_large', 413],
    ['a strange content type', fromFastify(415, 'Unsupported Media Type'), 'http.unsupported_media', 415],
    ['a method that is not there', fromFastify(405, 'POST'), 'http.method_not_allowed', 405],
    ['too many requests', new HttpException('Too Many Requests', 429), 'http.rate_limited', 429],
    ['a lost database', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'database.unavailable', 503],
    [
      'a failed check',
      new ServiceUnavailableException({ details: { database: { status: 'down' } } }),
      'health.not_ready',
      503,
    ],
  ])('knows %s', (_what, error, code, status) => {
    expect(asAppError(error).code).toBe(code);
    expect(statusOf(error)).toBe(status);
  });

  it('says which checks failed, not why', () => {
    const details = {
      database: { status: 'down', message: 'password for user mcg' },
      policy: { status: 'up' },
    };
    const problem = problemOf(asAppError(new ServiceUnavailableException({ details })), 'r1');
    expect(problem['checks']).toEqual({ database: 'down', policy: 'up' });
    expect(JSON.stringify(problem)).not.toContain('password');
  });

  const internals = '/srv/app/secret.ts: SELECT * FROM runs';

  it.each([
    ['an error', new TypeError(internals)],
    ['an error of Nest', new InternalServerErrorException(internals)],
    ['an error of Fastify', fromFastify(500, internals)],
    ['a string', internals],
    ['an object', { message: internals }],
    ['null', null],
    ['undefined', undefined],
  ])('shows nothing of %s that nobody expected', (_what, error) => {
    const problem = problemOf(asAppError(error), 'r1');
    expect(problem).toMatchObject({ status: 500, code: 'http.internal', request_id: 'r1' });
    expect(JSON.stringify(problem)).not.toMatch(/secret|SELECT|stack/);
  });
});
