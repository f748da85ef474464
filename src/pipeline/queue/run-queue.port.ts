import type { EntityManager } from 'typeorm';

/** A run that waits for a worker. */
export interface QueuedRun {
  readonly taskId: string;
  readonly ownerId: string;
  /** A value of `RUN_PRIORITY`. */
  readonly priority: number;
  /** Left out: at once. */
  readonly startAfterSeconds?: number;
}

/** How the queue stands, over all processes. */
export interface QueueFigures {
  readonly waiting: number;
  /** Runs that workers have taken; those that a caller waits for are not among them. */
  readonly working: number;
  /** Runs that were given up after their last attempt. */
  readonly dead: number;
  /** How long the run that waits longest could have been worked on; null where none waits. */
  readonly oldestWaitingSeconds: number | null;
}

/** Where runs wait for a worker. */
export abstract class RunQueue {
  /** Puts a run into the queue in the caller's transaction; it takes the place of an earlier job of that run. */
  abstract enqueue(manager: EntityManager, run: QueuedRun): Promise<void>;
  abstract figures(): Promise<QueueFigures>;
}
