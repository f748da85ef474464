/**
 * Why an import ends before its end: its owner cancelled it, its process is told to stop, or another process has taken
 * it over.
 */
export type StopReason = 'cancelled' | 'stopping' | 'lost';

/** Thrown where an import is to go on and may not; no fault. */
export class ImportStop extends Error {
  override readonly name = 'ImportStop';

  constructor(readonly reason: StopReason) {
    super(`the import stops: ${reason}`);
  }
}
