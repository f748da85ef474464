import '@nestjs/core';
import { createRequire } from 'node:module';
import type * as throttler from '@nestjs/throttler';

/** Jest runs a CommonJS package before the ES modules that it requires; Node does not. */
export const { ThrottlerGuard } = createRequire(import.meta.url)(
  '../../node_modules/@nestjs/throttler/dist/index.js',
) as typeof throttler;
