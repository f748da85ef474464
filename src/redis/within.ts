/** What `within` rejects with. */
export class LimitPassed extends Error {
  override readonly name = 'LimitPassed';
}

/** The outcome of `work`, or `LimitPassed` after `limitMs`; the work itself is not stopped. */
export function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      // A busy event loop runs timers before it reads sockets: what has arrived by now counts.
      () => setImmediate(() => reject(new LimitPassed(`not done within ${limitMs} ms`))),
      limitMs,
    );
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
