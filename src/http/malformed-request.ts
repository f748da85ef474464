import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type Ids } from '../shared/index.js';
import { problemOf } from './problem.js';
import { sendProblem } from './problem-reply.js';

/** What Node's parser refuses; everything else it refuses is a 400. */
const REFUSED: Readonly<Record<string, { status: number; title: string; hint: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    title: 'Headers too large',
    hint: 'Send headers of at most 16 KiB together.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    title: 'Request not received in time',
    hint: 'Send the whole request without long pauses.',
  },
};
const MALFORMED = { status: 400, title: 'Invalid request', hint: 'Send a well-formed HTTP/1.1 request.' };

/** Answers an address that cannot be decoded, or an id in it that is too long to be one. */
export function refuseAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const fault = new AppError('http.bad_address', 'invalid', 'The address of the request cannot be read.', {
    hint: 'Percent-encode it as UTF-8, with ids of at most 100 characters.',
  });
  reply.header('X-Request-ID', request.id);
  sendProblem(reply, fault, request.id);
}

/** Answers bytes that are no HTTP request: there is no request object yet, only the line they came on. */
export function malformedRequestHandler(ids: Ids): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const { status, title, hint } = REFUSED[error.code ?? ''] ?? MALFORMED;
    const requestId = ids.next();
    const fault = new AppError('http.malformed_request', 'invalid', 'This is no request that can be read.', {
      hint,
    });
    const body = JSON.stringify({ ...problemOf(fault, requestId), status, title });
    const head = [
      `HTTP/1.1 ${status} ${title}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-ID: ${requestId}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  };
}
