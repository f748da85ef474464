import type { Exchange } from '../api-client.js';
import { curlCommand } from '../curl-command.js';
import { paint } from '../terminal/paint.js';

/** What `--verbose` tells of a request: a line each of what was asked and answered, and the same as `curl`. */
export function traceOf({ request, status, requestId, durationMs }: Exchange, isJson: boolean): string {
  const curl = curlCommand(request);
  const { method, url } = request;
  if (isJson)
    return `${JSON.stringify({ trace: { method, url, status, duration_ms: durationMs, request_id: requestId, curl } })}\n`;
  const lines = [`${method} ${url}`, `${status} in ${durationMs} ms, request_id: ${requestId}`, curl];
  return `${lines.map((line) => paint('quiet', line, process.stderr)).join('\n')}\n`;
}
