import { ConnectionTimeoutError, ErrorReply, SocketClosedUnexpectedlyError } from '@redis/client';
import { LimitPassed } from './within.js';

/** Why a connection failed, as a code for the log; it holds nothing of the URL. */
export function redisReason(error: unknown): string {
  if (error instanceof LimitPassed || error instanceof ConnectionTimeoutError) return 'timeout';
  if (error instanceof SocketClosedUnexpectedlyError) return 'closed';
  if (error instanceof ErrorReply) return replyCode(error);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}

/** The first word of a refusal, which names its kind: `WRONGPASS`, `OOM`, `LOADING`; `ERR` where there is none. */
export function replyCode({ message }: ErrorReply): string {
  return /^[A-Z][A-Z0-9_]*\b/.exec(message)?.[0] ?? 'ERR';
}
