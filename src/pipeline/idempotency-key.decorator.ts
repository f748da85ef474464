import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../shared/index.js';

const KEY = /^[\x21-\x7E]{1,200}$/;

/** The header `Idempotency-Key`, checked; null where the caller sent none. */
export const IdempotencyKey = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string | null => {
    const value = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
    if (value === undefined) return null;
    if (typeof value === 'string' && KEY.test(value)) return value;
    throw new AppError('pipeline.idempotency_key_invalid', 'invalid', 'The Idempotency-Key cannot be used.', {
      hint: 'Send 1 to 200 visible ASCII characters, for example a UUID.',
    });
  },
);
