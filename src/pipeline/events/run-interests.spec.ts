import { TASK_ID } from '../../../test/support/made-up-runs.js';
import type { RunEvent } from './run-event.js';
import { type EventBatch, RunInterests } from './run-interests.js';

function anEvent(id: number): RunEvent {
  return { id, taskId: TASK_ID, kind: 'ask.started', role: null, body: {}, at: '' };
}

const everything = () => true;
const summary = (batch: EventBatch | null) =>
  batch && { to: batch.replica, follows: batch.follows, ids: batch.events.map(({ id }) => id) };

describe('RunInterests', () => {
  it('keeps nothing of a run that nobody asked for', () => {
    const interests = new RunInterests();
    expect(interests.tell(anEvent(1))).toBe(false);
    expect(interests.next(everything)).toBeNull();
  });

  it('sends what is known, then what follows on it', () => {
    const interests = new RunInterests();
    interests.add('r', TASK_ID, 4, [anEvent(8), anEvent(9)], 0);
    expect(summary(interests.next(everything))).toEqual({ to: 'r', follows: 4, ids: [8, 9] });
    expect(interests.tell(anEvent(12))).toBe(true);
    expect(summary(interests.next(everything))).toEqual({ to: 'r', follows: 9, ids: [12] });
    expect(interests.next(everything)).toBeNull();
  });

  it('cuts what does not fit, and one process’s long list holds up no other', () => {
    const interests = new RunInterests();
    const events = Array.from({ length: 8 }, (_, index) => anEvent(index + 1));
    interests.add('long', TASK_ID, 0, events, 0);
    interests.add('short', TASK_ID, 7, [anEvent(8)], 0);
    const fits = (batch: EventBatch) => batch.events.length <= 4;
    const sent = [1, 2, 3].map(() => summary(interests.next(fits)));
    expect(sent).toEqual([
      { to: 'long', follows: 0, ids: [1, 2, 3, 4] },
      { to: 'short', follows: 7, ids: [8] },
      { to: 'long', follows: 4, ids: [5, 6, 7, 8] },
    ]);
  });

  it('leaves a gap behind what it had to drop, so that it is noticed', () => {
    const interests = new RunInterests();
    interests.add('r', TASK_ID, 0, [anEvent(1), anEvent(2)], 0);
    interests.drop();
    expect(interests.next(everything)).toBeNull();
    interests.tell(anEvent(3));
    expect(summary(interests.next(everything))).toEqual({ to: 'r', follows: 2, ids: [3] });
  });

  it('tells a run from its beginning that comes to work later', () => {
    const interests = new RunInterests();
    interests.add('r', TASK_ID, 5, null, 0);
    interests.tell(anEvent(2));
    expect(summary(interests.next(everything))).toEqual({ to: 'r', follows: 0, ids: [2] });
  });

  it('forgets who does not ask again', () => {
    const interests = new RunInterests();
    interests.add('r', TASK_ID, 0, null, 0);
    interests.add('s', TASK_ID, 0, null, 10_000);
    interests.forgetOver(20_000);
    interests.tell(anEvent(1));
    expect(summary(interests.next(everything))?.to).toBe('s');
    interests.forgetOver(30_000);
    expect(interests.tell(anEvent(2))).toBe(false);
  });
});
