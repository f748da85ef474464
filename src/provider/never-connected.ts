/** Causes of a connection that never was: nothing was sent, so nothing can have been written or charged. */
const CODES = [
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
];

type Caused = { readonly code?: unknown; readonly cause?: Caused } | null | undefined;

/** Whether a call failed before its server was reached. */
export function wasNeverConnected(error: unknown): boolean {
  // Told by its code, not by its class: an error of the socket can be of another realm's.
  for (let cause = error as Caused; cause; cause = cause.cause)
    if (CODES.includes(String(cause.code))) return true;
  return false;
}
