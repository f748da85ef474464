/** The right to write to a run: it ends when another process claims the run, whose token is a higher one. */
export interface RunLease {
  readonly taskId: string;
  /** Rises by one with each claim. */
  readonly token: number;
}

/** For whom and for how long a lease is taken. */
export interface LeaseTerms {
  /** The process. */
  readonly owner: string;
  readonly seconds: number;
}

/** The lease that a run has which is stored as running from the first. */
export function firstLease(taskId: string): RunLease {
  return { taskId, token: 1 };
}
