/** How urgent a caller may call a run that it does not wait for. */
export const PRIORITY_NAMES = ['high', 'normal', 'low'] as const;
export type PriorityName = (typeof PRIORITY_NAMES)[number];

/**
 * Places in the queue, most urgent first: a run is worked on before all of a lower place. `awaited` is a run whose
 * caller waits for the answer; it comes into the queue only where its process stops or dies.
 */
export const RUN_PRIORITY = { awaited: 2, high: 1, normal: 0, low: -1 } as const satisfies Readonly<
  Record<PriorityName | 'awaited', number>
>;

/** Every place, most urgent first. */
export const PLACES: readonly number[] = Object.values(RUN_PRIORITY);

/** The name of a stored place; null for one that no version knows. */
export function priorityName(priority: number): keyof typeof RUN_PRIORITY | null {
  const names = Object.keys(RUN_PRIORITY) as (keyof typeof RUN_PRIORITY)[];
  return names.find((name) => RUN_PRIORITY[name] === priority) ?? null;
}
