import type { CorpusName } from '../../shared/index.js';

/** One corpus of one owner. */
export interface OwnedCorpus {
  readonly ownerId: string;
  readonly corpus: CorpusName;
}

/** What this process writes in bulk, so that other work makes way, and who wants to know when it has ended. */
export class WritingActivity {
  #writes = 0;
  readonly #idle = new Set<(value: unknown) => void>();
  readonly #listeners = new Set<(written: OwnedCorpus) => void>();

  /** Counts as writing until `work` has ended. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#writes++;
    try {
      return await work();
    } finally {
      this.#writes--;
      if (this.#writes === 0) for (const resolve of [...this.#idle]) resolve(undefined);
    }
  }

  /** Whether nothing is being written. */
  get isIdle(): boolean {
    return this.#writes === 0;
  }

  /** Resolves when nothing is being written, or when `signal` is aborted. */
  async whenIdle(signal: AbortSignal): Promise<void> {
    if (this.isIdle || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#idle.add(resolve);
    signal.addEventListener('abort', resolve, { once: true });
    await promise;
    this.#idle.delete(resolve);
    signal.removeEventListener('abort', resolve);
  }

  /** Says that the last batch of a bulk was written. */
  ended(written: OwnedCorpus): void {
    for (const listener of [...this.#listeners]) listener(written);
  }

  /** Calls the listener after each bulk, until the returned function is called. */
  onEnd(listener: (written: OwnedCorpus) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
