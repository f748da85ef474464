/** Most items of one write: beyond it a statement grows slower than two. */
const MAX_BATCH = 200;
/** While one write waits for the database, the next is put together; more would make the writes small. */
const MAX_WRITES = 2;

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes what comes in at about the same time with one statement, at most two statements at a time. An item waits for
 * those under way, never for others to come.
 */
export class GroupCommit<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private writes = 0;

  /** `write` gives the results in the order of its items. */
  constructor(private readonly write: (items: readonly T[]) => Promise<readonly R[]>) {}

  /** The item's own result; rejects with the fault of the write it was part of. */
  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.writes < MAX_WRITES && this.waiting.length === 1) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.writes++;
    // What else this turn of the event loop brings goes with the first.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MAX_BATCH);
      try {
        const results = await this.write(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(results[index]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writes--;
  }
}
