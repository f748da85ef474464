import { type AskFacts, type Decision, SPEND_LIMIT_POLICY } from '../../governance/index.js';
import type { Role } from '../../shared/index.js';
import type { AskEntry, CheckEntry } from '../journal.js';
import type { RunRecord } from '../run-record.js';
import type { StageRecord } from '../stage-record.js';
import {
  type AskPlace,
  askId,
  DECIDED,
  FINISHED,
  RUN_QUEUED_ID,
  RUN_STARTED_ID,
  runEndedId,
  runReviewedId,
  STARTED,
  stageFinishedId,
  stageStartedId,
} from './event-place.js';
import type { RunEvent, RunEventKind } from './run-event.js';

/** Words of a message beyond these are left out: an event stays small. */
const MAX_MESSAGE_CHARS = 500;
const MAX_POLICIES = 20;

/** What every event of a run says. */
export interface EventFrame {
  readonly taskId: string;
  readonly at: string;
}

/** An ask with how it was decided. */
export type DecidedStep = Pick<AskEntry, 'facts' | 'decision'>;

/** What an event tells of an ask that was done: everything of its entry but what it gave. */
export type FinishedAsk = Pick<AskEntry, 'role' | 'facts' | 'decision' | 'arrangement' | 'durationMs'> & {
  readonly answer: { readonly status: AskEntry['answer']['status']; readonly code?: string };
  readonly retries: readonly unknown[];
};

/** The end of a run, as far as an event tells of it. */
export type EndFacts = Pick<RunRecord, 'state' | 'failure' | 'held' | 'durationMs'> & {
  readonly metadata: { readonly outcome: string } | null;
  readonly review?: RunRecord['review'];
};

export function runQueued(frame: EventFrame): RunEvent {
  return eventOf(frame, RUN_QUEUED_ID, 'run.queued', null, {});
}

export function runStarted(frame: EventFrame): RunEvent {
  return eventOf(frame, RUN_STARTED_ID, 'run.started', null, {});
}

/** `sequence` entries of the journal were there already. */
export function runResumed(frame: EventFrame, sequence: number): RunEvent {
  return eventOf(frame, RUN_STARTED_ID, 'run.resumed', null, { recorded_entries: sequence });
}

export function stageStarted(frame: EventFrame, role: Role, sequence: number): RunEvent {
  return eventOf(frame, stageStartedId(role, sequence), 'stage.started', role, {});
}

export function askDecided(
  frame: EventFrame,
  role: Role,
  place: AskPlace,
  { facts, decision }: DecidedStep,
): RunEvent {
  return eventOf(frame, askId(role, place, DECIDED), 'ask.decided', role, {
    ...factsOf(facts),
    permitted: decision.permitted,
    policies: decision.policies.slice(0, MAX_POLICIES),
    reservation: decision.reservation,
    message: decision.message.slice(0, MAX_MESSAGE_CHARS),
  });
}

/** Whether work on an ask began: it was permitted, or refused only where its call was to be paid for. */
export function wasStarted({ permitted, policies }: Decision): boolean {
  return permitted || policies.includes(SPEND_LIMIT_POLICY);
}

export function askStarted(frame: EventFrame, role: Role, place: AskPlace, facts: AskFacts): RunEvent {
  return eventOf(frame, askId(role, place, STARTED), 'ask.started', role, factsOf(facts));
}

export function askFinished(frame: EventFrame, place: AskPlace, entry: FinishedAsk): RunEvent {
  const { role, facts, answer, arrangement, retries, durationMs } = entry;
  return eventOf(frame, askId(role, place, FINISHED), 'ask.finished', role, {
    ...factsOf(facts),
    status: answer.status,
    code: answer.code ?? null,
    source: arrangement?.source ?? null,
    strategy: arrangement?.strategy ?? null,
    reason: arrangement?.reason.slice(0, MAX_MESSAGE_CHARS) ?? null,
    retries: retries.length,
    duration_ms: rounded(durationMs),
  });
}

/** `check` is how the output rules judged what the role handed on; null where nothing was to be judged. */
export function stageFinished(
  frame: EventFrame,
  record: StageRecord,
  sequence: number,
  check: Pick<CheckEntry, 'verdict'> | null,
): RunEvent {
  return eventOf(frame, stageFinishedId(record.role, sequence), 'stage.finished', record.role, {
    result: record.result,
    verdict: check?.verdict.outcome ?? null,
    policies: check?.verdict.policies.slice(0, MAX_POLICIES) ?? [],
    external_calls: record.externalCalls,
    input_tokens: record.inputTokens,
    output_tokens: record.outputTokens,
    fallback: record.fallback,
    duration_ms: rounded(record.durationMs),
  });
}

/** The events of a run's end: one, or two where a person decided on what was held. `sequence` counts its journal. */
export function runEnded(frame: EventFrame, run: EndFacts, sequence: number): RunEvent[] {
  const id = runEndedId(sequence);
  const duration_ms = run.durationMs === null ? null : rounded(run.durationMs);
  const failure = run.failure && {
    code: run.failure.code,
    message: run.failure.message.slice(0, MAX_MESSAGE_CHARS),
    hint: run.failure.hint?.slice(0, MAX_MESSAGE_CHARS) ?? null,
    retryable: run.failure.retryable,
  };
  const held = run.held && {
    held_by: run.held.role,
    policies: run.held.policies.slice(0, MAX_POLICIES),
    reasons: [...new Set(run.held.findings.map(({ kind }) => kind))],
    sha256: run.held.sha256,
  };
  if (run.state === 'failed' || run.state === 'cancelled')
    return [eventOf(frame, id, `run.${run.state}`, null, { ...failure, duration_ms })];
  const heldEvents = held ? [eventOf(frame, id, 'run.held', null, { ...held, duration_ms })] : [];
  if (run.state === 'held') return heldEvents;
  const outcome = run.state === 'succeeded' ? (run.metadata?.outcome ?? null) : null;
  const kind: RunEventKind = run.state === 'succeeded' ? 'run.succeeded' : 'run.rejected';
  const endId = held ? runReviewedId(sequence) : id;
  return [...heldEvents, eventOf(frame, endId, kind, null, { outcome, duration_ms })];
}

/** What an ask was, in the words of its journal entry. */
function factsOf(facts: AskFacts) {
  const { action, corpus, limit, purpose, writer, host, external } = facts;
  const given = { corpus, limit, purpose, writer, host };
  return {
    action,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    external,
  };
}

function eventOf(
  { taskId, at }: EventFrame,
  id: number,
  kind: RunEventKind,
  role: Role | null,
  body: object,
): RunEvent {
  return { id, taskId, kind, role, body, at };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
