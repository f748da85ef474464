import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long the rest of a refused body is read and thrown away, so that its sender can receive the refusal. */
const LINGER_MS = 5_000;
/** What still sends or receives when all work of a closing process is done gets this long. */
const LAST_BYTES_MS = 2_000;
/** A stream whose run has just ended, or was just handed over, says so before it is ended. */
const LAST_WORDS_MS = 100;

/** Keeps half-sent requests and open streams from holding a line, or a shutdown, for ever. */
export function limitConnections(fastify: FastifyInstance, endStreams: () => void): void {
  fastify.addHook('onResponse', ({ raw }, _reply, done) => {
    // Under `inject` there is no line to hold.
    if (raw.socket instanceof Socket && !raw.complete && !raw.destroyed) {
      raw.resume();
      const linger = setTimeout(() => raw.destroy(), LINGER_MS).unref();
      raw.once('close', () => clearTimeout(linger));
    }
    done();
  });
  fastify.addHook('preClose', (done) => {
    setTimeout(endStreams, LAST_WORDS_MS).unref();
    setTimeout(() => fastify.server.closeAllConnections(), LAST_BYTES_MS).unref();
    done();
  });
}
