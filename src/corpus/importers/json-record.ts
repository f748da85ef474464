export type JsonRecord = Readonly<Record<string, unknown>>;

/** The value as an object, or null where it is none. */
export function recordOf(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null;
}

/** The value as a string with at least one character, or null. */
export function stringOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects in a list; what is none is passed by. */
export function recordsOf(value: unknown): readonly JsonRecord[] {
  return listOf(value)
    .map(recordOf)
    .filter((each) => each !== null);
}
