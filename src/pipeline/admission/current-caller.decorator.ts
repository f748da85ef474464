import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './admission.service.js';

/** Who waits for the answer to this request, and may hang up. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>().raw;
  const response = http.getResponse<FastifyReply>().raw;
  return {
    // A pipelined response that waits behind another one is never told that its line is gone, so the line is asked.
    isGone: () => response.destroyed || request.socket.destroyed,
    whenGone: (listener) => {
      response.once('close', listener);
      return () => response.off('close', listener);
    },
  };
});
