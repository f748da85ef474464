import { AsyncLocalStorage } from 'node:async_hooks';

/** The ids that tie log lines, journal and answers of one request together. */
export interface CorrelationIds {
  readonly requestId: string;
  taskId?: string;
}

const storage = new AsyncLocalStorage<CorrelationIds>();

/** Runs `work` so that every log line inside it carries `requestId`. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return storage.run({ requestId }, work);
}

/** From here on every log line of this request also carries `taskId`. */
export function bindTaskId(taskId: string): void {
  const ids = storage.getStore();
  if (ids) ids.taskId = taskId;
}

/** The request id in force, or null outside a request. */
export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null;
}

export function correlationFields(): Record<string, string> {
  const ids = storage.getStore();
  if (!ids) return {};
  return ids.taskId ? { request_id: ids.requestId, task_id: ids.taskId } : { request_id: ids.requestId };
}
