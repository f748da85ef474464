import { untilAborted } from '../shared/index.js';

/** A value with whether somebody else's work gave it. */
export interface Shared<T> {
  readonly value: T;
  readonly joined: boolean;
}

/**
 * Does the same work once for all who want it at the same time. Who comes first leads; the others wait and take
 * the leader's value. A leader's failure is its own: the next in line leads then, so each leads at most once.
 */
export class SingleFlight {
  /** Lands with the value, or with null where the leader failed; never rejects. */
  private readonly flights = new Map<string, Promise<{ readonly value: unknown } | null>>();

  /** How many keys are being worked on. */
  get size(): number {
    return this.flights.size;
  }

  /**
   * The value under a key, which stands for one type only. `signal` ends this caller's waiting, nobody's work;
   * `accept` says whether this caller may use another's value, else it leads itself. Rejects with the signal's
   * reason, or with what `lead` threw for this caller.
   */
  async share<T>(
    key: string,
    signal: AbortSignal,
    lead: () => Promise<T>,
    accept: (value: T) => boolean = () => true,
  ): Promise<Shared<T>> {
    for (;;) {
      signal.throwIfAborted();
      const flight = this.flights.get(key);
      if (flight === undefined) return { value: await this.lead(key, lead), joined: false };
      const landed = (await untilAborted(flight, signal)) as { readonly value: T } | null;
      if (landed !== null && accept(landed.value)) return { value: landed.value, joined: true };
    }
  }

  private async lead<T>(key: string, lead: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<{ readonly value: unknown } | null>();
    this.flights.set(key, promise);
    let landed: { readonly value: T } | null = null;
    try {
      landed = { value: await lead() };
      return landed.value;
    } finally {
      this.flights.delete(key);
      resolve(landed);
    }
  }
}
