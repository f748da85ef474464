import { HttpException } from '@nestjs/common';
import { databaseFault } from '../database/index.js';
import { AppError, type ErrorKind } from '../shared/index.js';

/** RFC 9457 problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly request_id: string;
  readonly task_id?: string;
  readonly hint?: string;
  readonly retryable?: boolean;
  readonly errors?: unknown;
  readonly [extension: string]: unknown;
}

const STATUS: Readonly<Record<ErrorKind, { status: number; title: string }>> = {
  invalid: { status: 400, title: 'Invalid request' },
  unauthenticated: { status: 401, title: 'Not authenticated' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflict' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media: { status: 415, title: 'Unsupported media type' },
  unprocessable: { status: 422, title: 'Cannot be processed' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  bad_gateway: { status: 502, title: 'Bad answer from a provider' },
  unavailable: { status: 503, title: 'Not available right now' },
  timeout: { status: 504, title: 'Took too long' },
};

/** Refusals of Nest and Fastify whose status says it all. */
const KIND_BY_STATUS: Readonly<Record<number, ErrorKind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  405: 'method_not_allowed',
  409: 'conflict',
  422: 'unprocessable',
  429: 'rate_limited',
};

/** Any thrown value as the application's own error. What is not known becomes `http.internal`, without its words. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const fault = databaseFault(error);
  if (fault) return fault;
  if (error instanceof HttpException && error.getStatus() === 503) return notReady(error);
  if (error instanceof HttpException && error.getStatus() < 500)
    return fromStatus(error.getStatus(), error.message, error);
  const fastify = error as { statusCode?: unknown; message?: unknown; code?: unknown };
  if (typeof fastify?.statusCode === 'number' && fastify.statusCode < 500)
    return fromStatus(fastify.statusCode, String(fastify.message), error);
  return new AppError('http.internal', 'internal', 'Something went wrong on our side.', {
    hint: 'Report it with the request id; the log of the server holds the cause.',
    cause: error,
  });
}

/** Errors of Nest and Fastify, told apart by status only: their words are for developers. */
function fromStatus(status: number, message: string, cause: unknown): AppError {
  if (status === 404)
    return new AppError('http.no_route', 'not_found', message.replace(/^Cannot /, 'There is no '), {
      hint: 'GET /docs lists what there is.',
      cause,
    });
  if (status === 413)
    return new AppError('http.body_too_large', 'too_large', 'The body is too large.', {
      hint: 'Send at most 1 MiB; corpora go to POST /corpora/:corpus/import, which takes large files.',
      cause,
    });
  if (status === 415)
    return new AppError(
      'http.unsupported_media',
      'unsupported_media',
      'The content type is not one that is read here.',
      {
        hint: 'Send Content-Type: application/json.',
        cause,
      },
    );
  const kind = KIND_BY_STATUS[status];
  if (kind) return new AppError(`http.${kind}`, kind, message, { cause });
  return new AppError('http.bad_request', 'invalid', `The request cannot be read: ${message}`, {
    hint: 'Send a well-formed request with a JSON body.',
    cause,
  });
}

/** A failed health check: which indicators are down, without their causes' words. */
function notReady(error: HttpException): AppError {
  const response = error.getResponse() as { details?: Record<string, { status?: string }> };
  const checks = Object.fromEntries(
    Object.entries(response.details ?? {}).map(([key, one]) => [key, one.status]),
  );
  return new AppError('health.not_ready', 'unavailable', 'This process is not ready.', {
    hint: 'The indicators in `checks` that are down say what is missing.',
    retryAfterSeconds: 5,
    details: { checks },
    cause: error,
  });
}

export function problemOf(error: AppError, requestId: string): Problem {
  const { status, title } = STATUS[error.kind];
  return {
    ...error.details,
    type: `urn:mcg-agent:problem:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
    ...(error.taskId === undefined ? {} : { task_id: error.taskId }),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.retryable ? { retryable: true } : {}),
  };
}
