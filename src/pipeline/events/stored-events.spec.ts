import fc from 'fast-check';
import {
  aRunRecord,
  journalOf,
  type MadeUpStage,
  madeUpStages,
  stepsOf,
  TASK_ID,
} from '../../../test/support/made-up-runs.js';
import { SystemClock } from '../../shared/index.js';
import { isEnd, isNews, messageOf, type RunEvent, sizeOf } from './run-event.js';
import { RunProgress } from './run-progress.js';
import { begunEvents, endedEvents, type StoredEntry } from './stored-events.js';

/** What a run tells while it works, as the interpreter tells it. */
function told(stages: readonly MadeUpStage[]): RunEvent[] {
  const events: RunEvent[] = [];
  const progress = new RunProgress(TASK_ID, new SystemClock(), (event) => events.push(event));
  for (const step of stepsOf(stages)) step(progress);
  return events;
}

function stored(stages: readonly MadeUpStage[]): RunEvent[] {
  const at = '2026-11-22T10:00:01.000Z';
  const entries = journalOf(stages).map((entry) => ({ ...entry, at }) as StoredEntry);
  return endedEvents({ run: aRunRecord(), entries, stages: stages.map((one) => one.record) });
}

function timeless(events: readonly RunEvent[]) {
  return (
    events
      .map(({ at: _at, ...event }) => event)
      // A stage that was left out is told of when the run ends.
      .sort((a, b) => a.id - b.id)
  );
}

describe('events of a run', () => {
  it('are the same from its journal as they were told', () => {
    fc.assert(
      fc.property(madeUpStages, (stages) => {
        expect(timeless(stored(stages))).toEqual(timeless(told(stages)));
      }),
    );
  });

  it('have ids that rise, so that after any of them exactly the rest is news', () => {
    fc.assert(
      fc.property(madeUpStages, (stages) => {
        const events = stored(stages);
        events.forEach((event, index) => {
          const rest = events.slice(index + 1);
          const news = events.filter((other) => isNews(other, event.id) && other !== event);
          expect(news).toEqual(rest);
        });
        expect(isEnd(events.at(-1)!)).toBe(true);
      }),
    );
  });

  it('are small and show no text', () => {
    fc.assert(
      fc.property(madeUpStages, (stages) => {
        for (const event of stored(stages)) {
          expect(sizeOf(event)).toBeLessThan(4_096);
          expect(JSON.stringify(messageOf(event))).not.toContain('no event may show');
        }
      }),
    );
  });

  it('tell an ask that was broken off with its group by the size the group had', () => {
    const group = { size: 3 };
    const facts = { action: 'search', external: false } as const;
    const decision = { permitted: true, policies: [], reservation: null, message: '' };
    const answer = { status: 'done', value: null } as const;
    const ask = { kind: 'ask', role: 'ideator', facts, decision, answer, group } as const;
    const entry = { ...ask, arrangement: null, retries: [], durationMs: 1, at: '' };
    const run = aRunRecord({ state: 'cancelled', metadata: null });
    const events = endedEvents({ run, entries: [entry], stages: [] });
    const progress: RunEvent[] = [];
    const live = new RunProgress(TASK_ID, new SystemClock(), (event) => progress.push(event));
    live.asksDecided('ideator', 0, [ask, ask, ask]);
    live.asksFinished(0, 3, [entry]);
    const ids = (list: readonly RunEvent[]) =>
      list.filter(({ kind }) => kind === 'ask.finished').map(({ id }) => id);
    expect(ids(events)).toEqual(ids(progress));
  });

  it.each([
    ['queued', null, ['run.queued']],
    ['running', '2026-11-22T10:00:00.000Z', ['run.started']],
    ['running', '2026-11-22T10:00:09.000Z', ['run.queued', 'run.started']],
    ['queued', '2026-11-22T10:00:09.000Z', ['run.queued']],
    ['cancelled', null, ['run.queued']],
    ['cancelled', '2026-11-22T10:00:00.000Z', ['run.started']],
    ['failed', null, ['run.started']],
  ] as const)('of a run that is %s and started at %s begin with %j', (state, startedAt, kinds) => {
    expect(begunEvents(aRunRecord({ state, startedAt })).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('tell how a held run went on when a person had decided', () => {
    const held = {
      role: 'drafter',
      text: 'secret words',
      sha256: 'a',
      policies: ['p'],
      findings: [],
    } as const;
    const kinds = (over: object) =>
      endedEvents({ run: aRunRecord({ held, ...over }), entries: [], stages: [] }).map(({ kind }) => kind);
    expect(kinds({ state: 'held' })).toEqual(['run.started', 'run.held']);
    expect(kinds({ state: 'succeeded' })).toEqual(['run.started', 'run.held', 'run.succeeded']);
    expect(kinds({ state: 'rejected' })).toEqual(['run.started', 'run.held', 'run.rejected']);
    const events = endedEvents({ run: aRunRecord({ held, state: 'held' }), entries: [], stages: [] });
    expect(JSON.stringify(events)).not.toContain('secret words');
  });
});
