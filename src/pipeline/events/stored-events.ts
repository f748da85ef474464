import { ROLES, type Role } from '../../shared/index.js';
import type { AskEntry, CheckEntry, PackEntry } from '../journal.js';
import type { RunRecord } from '../run-record.js';
import type { StageRecord } from '../stage-record.js';
import type { AskPlace } from './event-place.js';
import {
  askDecided,
  askFinished,
  askStarted,
  type EventFrame,
  type FinishedAsk,
  runEnded,
  runQueued,
  runStarted,
  stageFinished,
  stageStarted,
  wasStarted,
} from './make-event.js';
import type { RunEvent } from './run-event.js';

interface EntryTime {
  readonly at: string;
}

type StoredAsk = FinishedAsk & Pick<AskEntry, 'kind' | 'group'>;

/** A journal entry as far as events tell of it, with when it was written. */
export type StoredEntry = EntryTime &
  (StoredAsk | Pick<PackEntry, 'kind' | 'role'> | Pick<CheckEntry, 'kind' | 'role' | 'verdict'>);

/** What is stored of a run that events can be made of. */
export interface StoredRun {
  readonly run: RunRecord;
  readonly entries: readonly StoredEntry[];
  readonly stages: readonly StageRecord[];
}

/** The events of a run that has ended, as they were told while it worked. */
export function endedEvents({ run, entries, stages }: StoredRun): RunEvent[] {
  const endedAt = { taskId: run.taskId, at: run.finishedAt ?? run.createdAt };
  let sequence = 0;
  const ofStages = ROLES.flatMap((role) => {
    const from = sequence;
    while (entries[sequence]?.role === role) sequence++;
    const record = stages.find((stage) => stage.role === role) ?? null;
    return stageEvents({ role, record, from, entries: entries.slice(from, sequence) }, endedAt);
  });
  return [...begunEvents(run), ...ofStages, ...runEnded(endedAt, run, entries.length)];
}

/** What a run's row alone tells before its end. */
export function begunEvents({ taskId, createdAt, startedAt, state }: RunRecord): RunEvent[] {
  // Runs of earlier versions have no time of their start, and began when they were made.
  const neverStarted = state === 'queued' || (startedAt === null && state === 'cancelled');
  const wasQueued = neverStarted || (startedAt !== null && startedAt !== createdAt);
  return [
    ...(wasQueued ? [runQueued({ taskId, at: createdAt })] : []),
    ...(neverStarted ? [] : [runStarted({ taskId, at: startedAt ?? createdAt })]),
  ];
}

interface StoredStage {
  readonly role: Role;
  readonly record: StageRecord | null;
  /** Entries of the journal before it. */
  readonly from: number;
  readonly entries: readonly StoredEntry[];
}

function stageEvents({ role, record, from, entries }: StoredStage, end: EventFrame): RunEvent[] {
  const { taskId } = end;
  const wasAtWork = entries.length > 0 || (record !== null && record.result !== 'skipped');
  const events = wasAtWork ? [stageStarted({ taskId, at: entries[0]?.at ?? end.at }, role, from)] : [];
  const asks = entries.filter((entry) => entry.kind === 'ask');
  for (let at = 0; at < asks.length; ) {
    const size = asks[at]!.group?.size ?? 1;
    // Asks are the first entries of a stage, so an ask's place among them is its place in the journal.
    const place = { sequence: from + at, size };
    events.push(...groupEvents(taskId, place, asks.slice(at, at + size)));
    at += size;
  }
  if (record === null) return events;
  const check = entries.findLast((entry) => entry.kind === 'check') ?? null;
  const sequence = from + entries.length;
  return [...events, stageFinished({ taskId, at: entries.at(-1)?.at ?? end.at }, record, sequence, check)];
}

function groupEvents(
  taskId: string,
  { sequence, size }: Omit<AskPlace, 'index'>,
  asks: readonly (StoredAsk & EntryTime)[],
): RunEvent[] {
  const placed = asks.map((ask, index) => ({
    ask,
    frame: { taskId, at: ask.at },
    place: { sequence, index, size },
  }));
  return [
    ...placed.map(({ ask, frame, place }) => askDecided(frame, ask.role, place, ask)),
    ...placed
      .filter(({ ask }) => wasStarted(ask.decision))
      .map(({ ask, frame, place }) => askStarted(frame, ask.role, place, ask.facts)),
    ...placed.map(({ ask, frame, place }) => askFinished(frame, place, ask)),
  ];
}
