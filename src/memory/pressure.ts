/** How tight memory is. */
export const PRESSURES = ['ok', 'warn', 'limit'] as const;
export type Pressure = (typeof PRESSURES)[number];

/** Told of each change of pressure; what it throws is logged and stops nobody. */
export type PressureListener = (now: Pressure, before: Pressure) => void;
