/** A run that a worker of this process shall work on. */
export interface TakenRun {
  readonly taskId: string;
  /** From when it could have been worked on until it was taken. */
  readonly waitedSeconds: number;
}

/** The worker's side of the queue. */
export abstract class RunJobs {
  /**
   * The run whose turn is next, for this worker alone: highest place first, owners in turn, oldest first within an
   * owner, no owner with more runs at work than one may have. Null where there is none.
   */
  abstract take(): Promise<TakenRun | null>;
  /** Says that a taken run needs no worker any more. Does nothing where it was put into the queue again meanwhile. */
  abstract done(taskId: string): Promise<void>;
  /** Puts a taken run back that was not worked on; it is taken again after a few seconds. */
  abstract giveBack(taskId: string): Promise<void>;
  /**
   * Mends what ended processes left: a queued run whose job is gone gets a new one, a job whose run has ended is
   * done with. Returns the number of runs that were put into the queue again.
   */
  abstract mend(): Promise<number>;
  /** Removes what is over and ends jobs that were taken too long ago. */
  abstract tidy(): Promise<void>;
}
