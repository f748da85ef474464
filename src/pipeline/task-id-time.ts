const HEX_DIGITS_OF_TIME = 12;
const HEX = 16;

/** The least id that a run made at this time could have: task ids are UUIDs of version 7, which begin with their time. */
export function firstTaskIdAt(time: Date): string {
  const digits = Math.max(0, time.getTime()).toString(HEX).padStart(HEX_DIGITS_OF_TIME, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
}
