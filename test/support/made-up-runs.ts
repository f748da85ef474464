import fc from 'fast-check';
import type { RunProgress } from '../../src/pipeline/events/run-progress.js';
import type { JournalEntry } from '../../src/pipeline/journal.js';
import type { RunRecord } from '../../src/pipeline/run-record.js';
import type { StageRecord } from '../../src/pipeline/stage-record.js';
import { ROLES, type Role } from '../../src/shared/index.js';
import { aRequest, PASS } from './pipeline-values.js';

export const TASK_ID = '0198c0de-0000-7000-8000-000000000001';

type AskEntry = Extract<JournalEntry, { kind: 'ask' }>;

/** One stage of an invented run: groups of asks, then what it handed on. */
export interface MadeUpStage {
  readonly role: Role;
  readonly groups: readonly (readonly AskEntry[])[];
  readonly tail: readonly JournalEntry[];
  readonly record: StageRecord;
}

const anAnswer = fc.constantFrom<AskEntry['answer']>(
  { status: 'done', value: { text: 'a text that no event may show' } },
  { status: 'failed', code: 'provider.unavailable', message: 'It does not answer.' },
);

function anAsk(role: Role, size: number): fc.Arbitrary<AskEntry> {
  return fc.record({ permitted: fc.boolean(), external: fc.boolean(), answer: anAnswer }).map((one) => {
    const policies = ['a-policy'];
    const message = one.permitted ? 'Permitted.' : 'Denied.';
    return {
      kind: 'ask',
      role,
      facts: { action: 'generate', writer: 'primary', external: one.external },
      askHash: '0'.repeat(64),
      decision: { permitted: one.permitted, policies, reservation: null, message },
      answer: one.permitted ? one.answer : { status: 'denied', policies, message },
      isExecuted: one.permitted,
      arrangement: null,
      retries: [],
      durationMs: 1.5,
      ...(size > 1 ? { group: { size } } : {}),
    };
  });
}

function aGroup(role: Role): fc.Arbitrary<AskEntry[]> {
  return fc
    .integer({ min: 1, max: 4 })
    .chain((size) => fc.tuple(...Array.from({ length: size }, () => anAsk(role, size))));
}

function aStage(role: Role): fc.Arbitrary<MadeUpStage> {
  const pack = { kind: 'pack', role, pack: { snippetIds: [] } } as unknown as JournalEntry;
  const check = { kind: 'check', role, verdict: PASS } as unknown as JournalEntry;
  const tail = fc.constantFrom<JournalEntry[]>([], [pack], [pack, check], [check]);
  const groups = fc.array(aGroup(role), { minLength: 1, maxLength: 5 });
  return fc.record({ groups, tail }).map((one) => ({ role, ...one, record: recordOf(role, 'passed') }));
}

function recordOf(role: Role, result: StageRecord['result']): StageRecord {
  return { role, result, durationMs: 2, externalCalls: 0, inputTokens: 0, outputTokens: 0, fallback: null };
}

/** All five stages of an invented run; from some stage on they may be left out, as where nothing was found. */
export const madeUpStages: fc.Arbitrary<MadeUpStage[]> = fc
  .tuple(fc.integer({ min: 0, max: ROLES.length }), ...ROLES.map(aStage))
  .map(([atWork, ...stages]) =>
    stages.map((stage, index) =>
      index < atWork ? stage : { ...stage, groups: [], tail: [], record: recordOf(stage.role, 'skipped') },
    ),
  );

export function journalOf(stages: readonly MadeUpStage[]): JournalEntry[] {
  return stages.flatMap(({ groups, tail }) => [...groups.flat(), ...tail]);
}

/** What a run does to its progress while it works, step by step, in the order of the interpreter. */
export function stepsOf(stages: readonly MadeUpStage[]): ((progress: RunProgress) => void)[] {
  const steps: ((progress: RunProgress) => void)[] = [];
  let sequence = 0;
  for (const { role, groups, tail, record } of stages) {
    if (record.result === 'skipped') continue;
    const before = sequence;
    steps.push((progress) => progress.stageStarted(role, before));
    for (const group of groups) {
      const first = sequence;
      steps.push((progress) => progress.asksDecided(role, first, group));
      steps.push((progress) => progress.asksFinished(first, group.length, group));
      sequence += group.length;
    }
    sequence += tail.length;
    const after = sequence;
    const check = tail.find((entry) => entry.kind === 'check') ?? null;
    steps.push((progress) => progress.stageFinished(record, after, check));
  }
  const { state, failure, held, durationMs, metadata } = aRunRecord();
  const records = stages.map((stage) => stage.record);
  const total = sequence;
  steps.push((progress) =>
    progress.ended({ state, failure, held, durationMs, metadata, stages: records }, total),
  );
  return steps;
}

/** A run that has succeeded, with the parts a test is about laid over it. */
export function aRunRecord(over: Partial<RunRecord> = {}): RunRecord {
  return {
    taskId: TASK_ID,
    ownerId: 'u',
    requestId: 'r',
    requestHash: '0'.repeat(64),
    request: { ...aRequest(), classification: { mode: 'chat', reason: 'x' } as never },
    state: 'succeeded',
    policy: { version: '1', hash: '0'.repeat(64) },
    content: 'An answer.',
    metadata: { outcome: 'answered' } as RunRecord['metadata'],
    failure: null,
    held: null,
    review: null,
    sourceTaskId: null,
    createdAt: '2026-11-22T10:00:00.000Z',
    startedAt: '2026-11-22T10:00:00.000Z',
    cancelRequestedAt: null,
    finishedAt: '2026-11-22T10:00:01.000Z',
    durationMs: 1_000,
    attempts: 0,
    priority: 0,
    nextAttemptAt: null,
    ...over,
  };
}
