import type { Role, StreamMessage } from '../../shared/index.js';

const END_KINDS = ['run.succeeded', 'run.held', 'run.rejected', 'run.failed', 'run.cancelled'] as const;

export type RunEventKind =
  | 'run.queued'
  | 'run.started'
  | 'run.resumed'
  | 'stage.started'
  | 'ask.decided'
  | 'ask.started'
  | 'ask.finished'
  | 'stage.finished'
  | (typeof END_KINDS)[number];

/** One step of a run, for whoever watches it. Holds facts and codes, never a text of a corpus, a prompt or an answer. */
export interface RunEvent {
  /** Rises within a run; the same for the same step, live or from the journal, before and after a resume. */
  readonly id: number;
  readonly taskId: string;
  readonly kind: RunEventKind;
  readonly role: Role | null;
  readonly body: object;
  /** When it was told, or when its journal entry was written. */
  readonly at: string;
}

/** Whether nothing follows the event. */
export function isEnd({ kind }: RunEvent): boolean {
  return (END_KINDS as readonly string[]).includes(kind);
}

/** Whether a reader who has had everything up to `lastId` lacks the event. A resume has no place among the ids, an end is never left out. */
export function isNews(event: RunEvent, lastId: number): boolean {
  return event.id > lastId || event.kind === 'run.resumed' || isEnd(event);
}

export function messageOf(event: RunEvent): StreamMessage {
  const { id, taskId, kind, role, at, body } = event;
  return {
    type: 'event',
    id: kind === 'run.resumed' ? null : id,
    name: kind,
    data: { id, task_id: taskId, kind, role, at, ...body },
  };
}

const sizes = new WeakMap<RunEvent, number>();

/** About how many bytes an event takes; counted once, however many wait for it. */
export function sizeOf(event: RunEvent): number {
  const known = sizes.get(event);
  if (known !== undefined) return known;
  const size = JSON.stringify(event).length;
  sizes.set(event, size);
  return size;
}
