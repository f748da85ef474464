import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import { AdmissionQueue } from './admission.queue.js';

interface Item {
  readonly owner: string;
  readonly number: number;
}

const OWNERS = ['ann', 'ben', 'cem', 'dot'] as const;
const owner = constantFrom(...OWNERS);
const acts = array(
  oneof(
    { weight: 4, arbitrary: record({ act: constantFrom('offer' as const), owner, at: integer() }) },
    {
      weight: 3,
      arbitrary: record({ act: constantFrom('release' as const), owner, at: integer({ min: 0, max: 99 }) }),
    },
    {
      weight: 1,
      arbitrary: record({ act: constantFrom('leave' as const), owner, at: integer({ min: 0, max: 99 }) }),
    },
  ),
  { maxLength: 200 },
);
const limits = record({
  maxConcurrent: integer({ min: 1, max: 4 }),
  maxWaiting: integer({ min: 0, max: 12 }),
});

/** A queue with a book of its own about what it did. */
class Witness {
  readonly queue: AdmissionQueue<Item>;
  readonly running: Item[] = [];
  waiting: Item[] = [];
  /** Turns given to waiting items, in order. */
  readonly turns: Item[] = [];
  /** Whose turns an owner saw since it waits, or since its own last turn. */
  readonly passedBy = new Map<string, string[]>();
  private count = 0;

  constructor(readonly limits: { readonly maxConcurrent: number; readonly maxWaiting: number }) {
    this.queue = new AdmissionQueue(limits);
  }

  offer(owner: string) {
    const item = { owner, number: this.count++ };
    const answer = this.queue.offer(owner, item);
    if (answer === 'running') this.running.push(item);
    if (answer === 'waiting') this.waiting.push(item);
    return { item, answer };
  }

  release(at: number): Item | undefined {
    const [item] = this.running.splice(at % this.running.length, 1);
    const next = this.queue.release(item!);
    if (!next) return undefined;
    for (const each of new Set(this.waiting.map(({ owner }) => owner)))
      this.passedBy.set(each, [...(this.passedBy.get(each) ?? []), next.owner]);
    this.passedBy.delete(next.owner);
    this.turns.push(next);
    this.running.push(next);
    this.waiting = this.waiting.filter((each) => each !== next);
    return next;
  }

  leave(at: number): void {
    const [item] = this.waiting.splice(at % this.waiting.length, 1);
    expect(this.queue.leave(item!.owner, item!)).toBe(true);
    expect(this.queue.leave(item!.owner, item!)).toBe(false);
    if (this.waitingOf(item!.owner).length === 0) this.passedBy.delete(item!.owner);
  }

  do({ act, owner, at }: { readonly act: string; readonly owner: string; readonly at: number }): void {
    if (act === 'offer') this.offer(owner);
    if (act === 'release' && this.running.length > 0) this.release(at);
    if (act === 'leave' && this.waiting.length > 0) this.leave(at);
  }

  waitingOf(owner: string): Item[] {
    return this.waiting.filter((each) => each.owner === owner);
  }
}

/** Does the acts one after the other and looks at the queue after each. */
function always(look: (witness: Witness) => void): void {
  assert(
    property(limits, acts, (given, steps) => {
      const witness = new Witness(given);
      for (const step of steps) {
        witness.do(step);
        look(witness);
      }
    }),
  );
}

describe('AdmissionQueue, whatever happens,', () => {
  it('keeps the limits, and lets nothing wait while there is a place', () => {
    always(({ queue, running, waiting, limits: { maxConcurrent, maxWaiting } }) => {
      expect({ running: queue.running, waiting: queue.waiting }).toEqual({
        running: running.length,
        waiting: waiting.length,
      });
      expect(queue.running).toBeLessThanOrEqual(maxConcurrent);
      expect(queue.waiting).toBeLessThanOrEqual(maxWaiting);
      if (queue.running < maxConcurrent) expect(queue.waiting).toBe(0);
    });
  });

  it('gives one owner at most half of the waiting room, and at least one place in it', () => {
    always((witness) => {
      const most = Math.max(1, Math.floor(witness.limits.maxWaiting / 2));
      for (const each of OWNERS) expect(witness.waitingOf(each).length).toBeLessThanOrEqual(most);
    });
  });

  it('refuses only where the room or the share is full', () => {
    assert(
      property(limits, acts, owner, (given, steps, last) => {
        const witness = new Witness(given);
        for (const step of steps) witness.do(step);
        const [before, own] = [witness.waiting.length, witness.waitingOf(last).length];
        const isBusy = witness.running.length === given.maxConcurrent;
        const most = Math.max(1, Math.floor(given.maxWaiting / 2));
        const full = own >= most ? 'owner_queue_full' : 'waiting';
        const busy = before === given.maxWaiting ? 'queue_full' : full;
        expect(witness.offer(last).answer).toBe(isBusy ? busy : 'running');
      }),
    );
  });

  it('takes the work of one owner in its order', () => {
    always(({ turns }) => {
      const last = turns.at(-1);
      const before = turns.slice(0, -1).filter((each) => each.owner === last?.owner);
      for (const each of before) expect(each.number).toBeLessThan(last!.number);
    });
  });

  it('gives every other owner at most one turn while one waits for its own', () => {
    always(({ passedBy }) => {
      for (const owners of passedBy.values()) expect(new Set(owners).size).toBe(owners.length);
    });
  });

  it('serves everyone in the end, once', () => {
    assert(
      property(limits, acts, (given, steps) => {
        const witness = new Witness(given);
        for (const step of steps) witness.do(step);
        while (witness.running.length > 0) witness.release(0);
        expect([witness.queue.waiting, witness.waiting]).toEqual([0, []]);
        expect(new Set(witness.turns).size).toBe(witness.turns.length);
      }),
    );
  });
});

describe('AdmissionQueue', () => {
  it('serves an owner with one item next, however many another one has', () => {
    const witness = new Witness({ maxConcurrent: 1, maxWaiting: 1_000 });
    for (let i = 0; i < 400; i++) witness.offer('ann');
    const { item } = witness.offer('ben');
    witness.release(0);
    expect(witness.release(0)).toBe(item);
  });

  it('throws for work that does not run', () => {
    const witness = new Witness({ maxConcurrent: 1, maxWaiting: 1 });
    const { item } = witness.offer('ann');
    const waiting = witness.offer('ann').item;
    expect(() => witness.queue.release(waiting)).toThrow('does not run');
    witness.queue.release(item);
    expect(() => witness.queue.release(item)).toThrow('does not run');
  });

  it('is left by all that waits at once', () => {
    const witness = new Witness({ maxConcurrent: 1, maxWaiting: 4 });
    const { item } = witness.offer('ann');
    const waiting = [witness.offer('ann').item, witness.offer('ben').item];
    expect(witness.queue.clear()).toEqual(waiting);
    expect(witness.queue.waiting).toBe(0);
    expect(witness.queue.release(item)).toBeUndefined();
  });
});
