/** How much may run at once, and how much may wait. */
export interface AdmissionLimits {
  readonly maxConcurrent: number;
  readonly maxWaiting: number;
}

/** What becomes of work that is offered: its turn now, its turn later, or no room at all or for its owner. */
export type Offer = 'running' | 'waiting' | 'queue_full' | 'owner_queue_full';

/**
 * Who runs and who waits. Owners with waiting work take turns, one item each, oldest first within an owner; no owner
 * waits with more than half of the room.
 */
export class AdmissionQueue<T> {
  private readonly active = new Set<T>();
  /** In the order of turns: the owner whose turn is next stands first, and goes to the end after it. */
  private readonly turns = new Map<string, Set<T>>();
  private readonly maxOfOwner: number;
  private waitingCount = 0;

  constructor(private readonly limits: AdmissionLimits) {
    this.maxOfOwner = Math.max(1, Math.floor(limits.maxWaiting / 2));
  }

  get running(): number {
    return this.active.size;
  }

  get waiting(): number {
    return this.waitingCount;
  }

  /** Each item is one object: offering it twice is an error of the caller. */
  offer(owner: string, item: T): Offer {
    if (this.active.size < this.limits.maxConcurrent) {
      this.active.add(item);
      return 'running';
    }
    if (this.waitingCount >= this.limits.maxWaiting) return 'queue_full';
    const own = this.turns.get(owner) ?? new Set<T>();
    if (own.size >= this.maxOfOwner) return 'owner_queue_full';
    own.add(item);
    this.turns.set(owner, own);
    this.waitingCount++;
    return 'waiting';
  }

  /** Ends running work; gives back the waiting item that now runs in its place. Throws for work that does not run. */
  release(item: T): T | undefined {
    if (!this.active.delete(item)) throw new Error('released work that does not run');
    const [turn] = this.turns;
    if (turn === undefined) return undefined;
    const [owner, own] = turn;
    const [next] = own as Iterable<T>;
    this.turns.delete(owner);
    own.delete(next as T);
    if (own.size > 0) this.turns.set(owner, own);
    this.waitingCount--;
    this.active.add(next as T);
    return next;
  }

  /** Takes waiting work out; false where it does not wait. */
  leave(owner: string, item: T): boolean {
    const own = this.turns.get(owner);
    if (!own?.delete(item)) return false;
    if (own.size === 0) this.turns.delete(owner);
    this.waitingCount--;
    return true;
  }

  /** Takes out all that waits. */
  clear(): T[] {
    const all = [...this.turns.values()].flatMap((own) => [...own]);
    this.turns.clear();
    this.waitingCount = 0;
    return all;
  }
}
