import type { LoggerService } from '@nestjs/common';
import { AppError } from '../shared/index.js';
import type { Log } from './log.js';

/** Sends Nest's own messages through `Log`; its routine chatter at start is kept at debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly log_: Log) {}

  log(message: unknown, context?: string): void {
    this.log_.debug('nest', { message: String(message), context });
  }

  warn(message: unknown, context?: string): void {
    this.log_.warn('nest', { message: String(message), context });
  }

  error(message: unknown, stack?: string, context?: string): void {
    // What stops the start is told by whoever started it, in words for a person.
    if (isFaultOfStart(message)) {
      this.log_.debug('nest', { message: message.message, context });
      return;
    }
    this.log_.error('nest', message instanceof Error ? message : new Error(String(message)), {
      context,
      stack,
    });
  }
}

function isFaultOfStart(message: unknown): message is Error {
  if (message instanceof AppError) return true;
  return (
    message instanceof Error &&
    ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'].includes(String(Reflect.get(message, 'code')))
  );
}
