/** The only source of time. */
export abstract class Clock {
  abstract now(): Date;
  /** Milliseconds from an arbitrary start that never goes backwards; for durations. */
  abstract elapsedMs(): number;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  elapsedMs(): number {
    return performance.now();
  }
}
