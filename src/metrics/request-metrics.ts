import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/index.js';

/** One series for all addresses that lead nowhere: anyone can invent such an address. */
const UNMATCHED = 'unmatched';

/** Counts and times every response by its route's pattern, what a guard or the body's limit refused included. */
export function countRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const endpoint = request.routeOptions.url ?? UNMATCHED;
    metrics.requestEnded(endpoint, reply.statusCode, reply.elapsedTime / 1_000);
    done();
  });
}
