import { ROLES, type Role } from '../../shared/index.js';

/**
 * Ids of events, counted from places in the journal, so that everybody who knows the journal gives the same step the
 * same id. Each journal entry, each start and each end of a stage has a slot of four ids; a slot's number is the
 * number of entries before it and of starts and ends that can come before it.
 */
const IDS_PER_SLOT = 4;
/** Phases of an ask: decided, started, finished. */
export const DECIDED = 0;
export const STARTED = 1;
export const FINISHED = 2;

export const RUN_QUEUED_ID = 1;
export const RUN_STARTED_ID = 2;

/** Where an ask stands: among the asks of its group, whose first is entry `sequence` of the journal. */
export interface AskPlace {
  readonly sequence: number;
  readonly index: number;
  readonly size: number;
}

/** `sequence` is the number of entries before the stage. */
export function stageStartedId(role: Role, sequence: number): number {
  return IDS_PER_SLOT * (1 + 2 * ROLES.indexOf(role) + sequence);
}

/** Within a group all are decided, then all are started, then all are finished. */
export function askId(role: Role, { sequence, index, size }: AskPlace, phase: number): number {
  const slot = 2 + 2 * ROLES.indexOf(role) + sequence;
  return IDS_PER_SLOT * slot + phase * size + index;
}

/** `sequence` is the number of entries up to and with those of the stage. */
export function stageFinishedId(role: Role, sequence: number): number {
  return IDS_PER_SLOT * (2 + 2 * ROLES.indexOf(role) + sequence);
}

/** `sequence` is the number of all entries. */
export function runEndedId(sequence: number): number {
  return IDS_PER_SLOT * (1 + 2 * ROLES.length + sequence);
}

/** The end that a person's decision gave to a held run. */
export function runReviewedId(sequence: number): number {
  return runEndedId(sequence) + 1;
}
