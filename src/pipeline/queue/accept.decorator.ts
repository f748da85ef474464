import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** Makes the response a receipt: 202, and where to look for what comes of it. */
export type Accept = (location: string) => void;

/** How a handler says that its work goes on after the response. */
export const Accepting = createParamDecorator((_data: unknown, context: ExecutionContext): Accept => {
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  return (location) => void reply.status(202).header('Location', location);
});
