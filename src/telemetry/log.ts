import { types } from 'node:util';
import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { TelemetryConfig } from '../config/index.js';
import { correlationFields } from './correlation.js';
import { redacted } from './redaction.js';

/** Facts about an event. Never a prompt, a text of a corpus, a token or a key. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Structured logging: one event name and its fields a line, with the request's ids added by context. */
export class Log {
  private readonly logger: Logger;

  constructor(config: TelemetryConfig, destination: DestinationStream = defaultDestination(config)) {
    this.logger = pino(
      {
        level: config.logLevel,
        base: undefined,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: {
          level: (label) => ({ level: label }),
          log: (fields) => redacted(fields) as Record<string, unknown>,
        },
        mixin: correlationFields,
        // Without this, pino would name the type of an error that is already plain fields.
        serializers: { err: (plain: unknown) => plain },
      },
      destination,
    );
  }

  debug(event: string, fields: LogFields = {}): void {
    this.logger.debug(fields, event);
  }

  info(event: string, fields: LogFields = {}): void {
    this.logger.info(fields, event);
  }

  warn(event: string, fields: LogFields = {}): void {
    this.logger.warn(fields, event);
  }

  /** `error` is logged with its type, message and stack; its own fields are not. */
  error(event: string, error: unknown, fields: LogFields = {}): void {
    const { name, message, stack } = types.isNativeError(error) ? error : new Error(String(error));
    this.logger.error({ ...fields, err: { type: name, message, stack } }, event);
  }
}

/** Logs go to standard error, so that what a command prints stays clean; pretty on a terminal. */
function defaultDestination(config: TelemetryConfig): DestinationStream {
  if (process.stderr.isTTY && config.environment !== 'production')
    return pretty({ destination: 2, ignore: 'pid,hostname', singleLine: true, sync: true });
  return pino.destination({ dest: 2, sync: false });
}
