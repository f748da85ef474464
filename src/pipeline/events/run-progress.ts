import type { Clock, Role } from '../../shared/index.js';
import type { CheckEntry } from '../journal.js';
import type { StageRecord } from '../stage-record.js';
import {
  askDecided,
  askFinished,
  askStarted,
  type DecidedStep,
  type EndFacts,
  type FinishedAsk,
  runEnded,
  runResumed,
  runStarted,
  stageFinished,
  stageStarted,
  wasStarted,
} from './make-event.js';
import type { RunEvent } from './run-event.js';

/** How a run that this process works on gets on: its events so far, kept for whoever comes to watch. */
export class RunProgress {
  private readonly events: RunEvent[] = [];
  private readonly finished = new Set<Role>();

  /** `tell` is called with each event after it is kept. */
  constructor(
    private readonly taskId: string,
    private readonly clock: Clock,
    private readonly tell: (event: RunEvent) => void,
  ) {
    this.add(runStarted(this.frame()));
  }

  /** The run goes on after `sequence` entries that an earlier attempt has journaled. */
  resumed(sequence: number): void {
    this.add(runResumed(this.frame(), sequence));
  }

  /** `sequence` entries are in the journal before the stage. */
  stageStarted(role: Role, sequence: number): void {
    this.add(stageStarted(this.frame(), role, sequence));
  }

  /** Asks of one group, before any is done; the first of them will be entry `sequence` of the journal. */
  asksDecided(role: Role, sequence: number, asks: readonly DecidedStep[]): void {
    const frame = this.frame();
    const place = (index: number) => ({ sequence, index, size: asks.length });
    asks.forEach((ask, index) => {
      this.add(askDecided(frame, role, place(index), ask));
    });
    asks.forEach(({ facts, decision }, index) => {
      if (wasStarted(decision)) this.add(askStarted(frame, role, place(index), facts));
    });
  }

  /** The same asks, as far as they came into the journal; `size` is how many there were. */
  asksFinished(sequence: number, size: number, entries: readonly FinishedAsk[]): void {
    const frame = this.frame();
    entries.forEach((entry, index) => {
      this.add(askFinished(frame, { sequence, index, size }, entry));
    });
  }

  /** `sequence` entries are in the journal up to and with those of the stage. */
  stageFinished(record: StageRecord, sequence: number, check: Pick<CheckEntry, 'verdict'> | null): void {
    this.finished.add(record.role);
    this.add(stageFinished(this.frame(), record, sequence, check));
  }

  /** Once the end is stored, with `sequence` entries. Stages that were left out, or that ended the run, are told of now. */
  ended(run: EndFacts & { readonly stages: readonly StageRecord[] }, sequence: number): void {
    for (const record of run.stages)
      if (!this.finished.has(record.role)) this.stageFinished(record, sequence, null);
    for (const event of runEnded(this.frame(), run, sequence)) this.add(event);
  }

  /** Everything until now that follows on the event `id`. */
  after(id: number): RunEvent[] {
    return this.events.filter((event) => event.id > id);
  }

  private add(event: RunEvent): void {
    this.events.push(event);
    this.tell(event);
  }

  private frame() {
    return { taskId: this.taskId, at: this.clock.now().toISOString() };
  }
}
