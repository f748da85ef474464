type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Times methods of running objects from outside: the product itself carries no instruments for this. */
export class Stopwatch {
  readonly #intervals = new Map<string, [startMs: number, endMs: number][]>();

  /** From now on, the time in this method of this object counts as `part`. */
  watch(target: object, method: string, part: string): void {
    const original = Reflect.get(target, method) as Method;
    const intervals = this.#intervalsOf(part);
    Reflect.set(target, method, (...args: unknown[]) => {
      const startedMs = performance.now();
      const stop = () => intervals.push([startedMs, performance.now()]);
      const result = original.apply(target, args);
      if (result instanceof Promise) return result.finally(stop);
      stop();
      return result;
    });
  }

  reset(): void {
    for (const intervals of this.#intervals.values()) intervals.length = 0;
  }

  /** The time during which at least one call of this part was under way. */
  elapsedMs(part: string): number {
    let totalMs = 0;
    let untilMs = 0;
    for (const [startMs, endMs] of [...this.#intervalsOf(part)].sort((a, b) => a[0] - b[0])) {
      totalMs += Math.max(0, endMs - Math.max(startMs, untilMs));
      untilMs = Math.max(untilMs, endMs);
    }
    return totalMs;
  }

  #intervalsOf(part: string): [number, number][] {
    const known = this.#intervals.get(part);
    if (known) return known;
    const fresh: [number, number][] = [];
    this.#intervals.set(part, fresh);
    return fresh;
  }
}
