import { printPairs, printTable } from './print.js';

/** A line of GET /runs, as far as it is printed. */
export interface ListedRun {
  readonly task_id: string;
  readonly user_id: string;
  readonly state: string;
  readonly mode: string;
  readonly outcome: string | null;
  readonly failure_code: string | null;
  readonly created_at: string;
  readonly duration_ms: number | null;
  readonly prompt?: string;
}

/** What is left to say of a run that was cancelled or put into the queue again. */
export interface ChangedRun {
  readonly task_id: string;
  readonly state: string;
  readonly attempts: number;
}

const PROMPT_CHARS = 50;
const STILL_RUNNING = 'running (it ends as soon as its process has stopped)';

/** Runs of several owners are printed with their owner. */
export function printRuns(runs: readonly ListedRun[], withOwners: boolean): void {
  const owner = (value: string) => (withOwners ? [value] : []);
  printTable(
    ['task_id', 'when', 'state', 'mode', 'ms', ...owner('owner'), 'prompt'],
    runs.map((run) => [
      run.task_id,
      run.created_at.slice(0, 16).replace('T', ' '),
      run.failure_code ?? (run.outcome === 'insufficient_context' ? run.outcome : run.state),
      run.mode,
      String(run.duration_ms ?? ''),
      ...owner(run.user_id),
      (run.prompt ?? '').replace(/\s+/g, ' ').slice(0, PROMPT_CHARS),
    ]),
  );
}

export function printChangedRun({ task_id, state, attempts }: ChangedRun, command: 'cancel' | 'retry'): void {
  const isStopping = command === 'cancel' && state === 'running';
  printPairs({
    task_id,
    state: isStopping ? STILL_RUNNING : state,
    attempts: String(attempts),
    see: `mcg-agent runs show ${task_id}`,
  });
}
