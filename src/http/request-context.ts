import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Ids } from '../shared/index.js';
import { type Log, withRequestId } from '../telemetry/index.js';

const REQUEST_ID = /^[A-Za-z0-9._~-]{1,128}$/;

/** The caller's `X-Request-ID` where it is usable, else a new id. */
export function requestIdMaker(ids: Ids): (request: { headers: Record<string, unknown> }) => string {
  return ({ headers }) => {
    const given = headers['x-request-id'];
    return typeof given === 'string' && REQUEST_ID.test(given) ? given : ids.next();
  };
}

/** Puts the request id into the response and every log line, and logs one line a request: no query string, no body. */
export function trackRequests(fastify: FastifyInstance, log: Log): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-ID', request.id);
    withRequestId(request.id, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const fields = {
      ...lineOf(request),
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime),
    };
    const isProbe = request.url.startsWith('/health');
    if (isProbe) log.debug('http.request', fields);
    else log.info('http.request', fields);
    done();
  });
}

function lineOf(request: FastifyRequest) {
  return { method: request.method, route: request.routeOptions.url ?? 'unknown' };
}
