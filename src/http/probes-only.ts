import type { FastifyInstance } from 'fastify';
import { AppError } from '../shared/index.js';
import { sendProblem } from './problem-reply.js';

/** Which doors a process opens: `probes` are health and metrics alone. */
export type Doors = 'all' | 'probes';

const PROBES = /^\/(?:health(?:\/|$)|metrics$)/;

/** Lets in who asks how the process is, and nobody else. */
export function keepToProbes(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (PROBES.test(request.routeOptions.url ?? '')) {
      done();
      return;
    }
    sendProblem(reply, noApi(), request.id);
  });
}

function noApi(): AppError {
  return new AppError('worker.no_api', 'not_found', 'This process works on the queue and has no API.', {
    hint: 'Send requests to a process of `mcg-agent serve`; here are /health/live, /health/ready and /metrics.',
  });
}
