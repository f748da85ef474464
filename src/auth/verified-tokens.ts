import type { Actor } from '../shared/index.js';

const MAX_TOKENS = 1_000;
/** A key set that is replaced means a restart; this bounds what a clock that is set back could add. */
const MAX_KEPT_MS = 60_000;

interface Verified {
  readonly actor: Actor;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Tokens whose signature was checked a moment ago: the same bytes need no second look until they expire. */
export class VerifiedTokens {
  private readonly byToken = new Map<string, Verified>();

  /** Whom the token speaks for, at `nowMs` milliseconds since 1970; null where it has to be verified. */
  find(token: string, nowMs: number): Actor | null {
    const known = this.byToken.get(token);
    if (known && nowMs >= known.fromMs && nowMs < known.untilMs) return known.actor;
    if (known) this.byToken.delete(token);
    return null;
  }

  keep(token: string, actor: Actor, nowMs: number, expiresMs: number): void {
    // Oldest first: a Map keeps the order in which its keys came.
    for (const oldest of this.byToken.keys()) {
      if (this.byToken.size < MAX_TOKENS) break;
      this.byToken.delete(oldest);
    }
    this.byToken.set(token, { actor, fromMs: nowMs, untilMs: Math.min(expiresMs, nowMs + MAX_KEPT_MS) });
  }
}
