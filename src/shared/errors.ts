/** What went wrong, in terms a transport can map to a status code. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'too_large'
  | 'unsupported_media'
  | 'unprocessable'
  | 'rate_limited'
  | 'unavailable'
  | 'timeout'
  | 'internal'
  | 'bad_gateway';

export interface AppErrorOptions {
  /** What the caller can do about it. */
  readonly hint?: string;
  readonly retryable?: boolean;
  /** Seconds to wait before the next try, for retryable errors. */
  readonly retryAfterSeconds?: number;
  readonly taskId?: string;
  /** Facts safe to show to the caller: never texts, tokens or keys. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A fault with a stable code (`module.reason`), a kind, and a message that is safe to show. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly taskId: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
    this.retryable = options.retryable ?? kind === 'unavailable';
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.taskId = options.taskId;
    this.details = options.details;
  }
}
