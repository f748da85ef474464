// Loaded before the application: its clock jumps, as with a wrong time server or a machine that slept.
const HOUR_MS = 3_600_000;
const SHIFTS_MS = [-HOUR_MS, 0, 90_000, HOUR_MS];
const EVERY_MS = 700;

const TrueDate = globalThis.Date;
let shiftMs = 0;
setInterval(() => {
  shiftMs = SHIFTS_MS[Math.floor(Math.random() * SHIFTS_MS.length)]!;
}, EVERY_MS).unref();

class JumpingDate extends TrueDate {
  constructor(...when: [] | [number | string]) {
    super(when.length === 0 ? TrueDate.now() + shiftMs : when[0]);
  }

  static override now(): number {
    return TrueDate.now() + shiftMs;
  }
}

globalThis.Date = new Proxy(JumpingDate, {
  // `new Date(2026, 10, 22)` has more arguments, and is no time of now.
  construct: (target, when: ConstructorParameters<DateConstructor>, newTarget) =>
    Reflect.construct(when.length > 1 ? TrueDate : target, when, newTarget),
}) as unknown as DateConstructor;

export {};
