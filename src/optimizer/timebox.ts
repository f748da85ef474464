import { AppError, type Clock } from '../shared/index.js';
import type { DecidedOperation } from './operation.js';

/** Where the run ends first, its own signal has the first word for this long. */
const RUN_FIRST_MS = 50;

type OfRun = Pick<DecidedOperation<unknown>, 'name' | 'signal' | 'remainingMs'>;

/** The time one operation has, never more than its run's. Must be closed; a closed one holds no timer and no listener. */
export class Timebox {
  /** Rounded up to whole milliseconds. */
  readonly limitMs: number;
  private readonly controller = new AbortController();
  private readonly endsAtMs: number;
  private readonly timer: NodeJS.Timeout;
  private readonly onRunAborted = () => this.controller.abort(this.run.signal.reason);

  constructor(
    private readonly run: OfRun,
    timeboxMs: number,
    private readonly clock: Clock,
  ) {
    const leftMs = Math.max(0, run.remainingMs());
    this.limitMs = Math.ceil(Math.min(timeboxMs, leftMs));
    this.endsAtMs = clock.elapsedMs() + this.limitMs;
    const dueMs = leftMs <= timeboxMs ? this.limitMs + RUN_FIRST_MS : this.limitMs;
    this.timer = setTimeout(() => this.controller.abort(expired(run.name, this.limitMs)), dueMs);
    run.signal.addEventListener('abort', this.onRunAborted, { once: true });
    if (run.signal.aborted) this.onRunAborted();
  }

  /** Aborted at the limit, or with the run and its reason. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  readonly remainingMs = (): number =>
    Math.max(0, Math.min(this.endsAtMs - this.clock.elapsedMs(), this.run.remainingMs()));

  close(): void {
    clearTimeout(this.timer);
    this.run.signal.removeEventListener('abort', this.onRunAborted);
  }
}

/** The code of an operation that took longer than it may. */
export const TIMEBOX_EXPIRED = 'optimizer.timebox';

function expired(op: string, limitMs: number): AppError {
  return new AppError(TIMEBOX_EXPIRED, 'timeout', `The operation ${op} took longer than ${limitMs} ms.`, {
    retryable: true,
    details: { op, timebox_ms: limitMs },
  });
}
