import type { FastifyReply } from 'fastify';
import type { AppError } from '../shared/index.js';
import { problemOf } from './problem.js';

/** Sends an error as a problem document, with the headers that belong to it. */
export function sendProblem(reply: FastifyReply, fault: AppError, requestId: string): void {
  const problem = problemOf(fault, requestId);
  if (problem.status === 401) reply.header('WWW-Authenticate', 'Bearer realm="mcg-agent"');
  if (fault.retryAfterSeconds !== undefined) reply.header('Retry-After', String(fault.retryAfterSeconds));
  const { location } = fault.details ?? {};
  if (typeof location === 'string') reply.header('Location', location);
  // Serialized here: Fastify would take an object for a route's own answer and its content type for JSON.
  reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
