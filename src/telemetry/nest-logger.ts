import type { LoggerService } from '@nestjs/common';
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
    this.log_.error('nest', message instanceof Error ? message : new Error(String(message)), {
      context,
      stack,
    });
  }
}
