import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../shared/index.js';

const ID = /^\d{1,9}$/;

/** The header `Last-Event-ID`, checked: the event up to which the reader has everything; 0 where it has none. */
export const LastEventId = createParamDecorator((_data: unknown, context: ExecutionContext): number => {
  const value = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
  if (value === undefined || value === '') return 0;
  if (typeof value === 'string' && ID.test(value)) return Number(value);
  throw new AppError('pipeline.event_id_invalid', 'invalid', 'The Last-Event-ID is none of a run’s events.', {
    hint: 'Send the `id` of the last event you received, or leave the header out.',
  });
});
