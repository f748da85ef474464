import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/index.js';
import { STANDING_STATES, type StandingState, SummaryRepository } from './summary.repository.js';

const FRESH_MS = 5_000;

export type RunStanding = Readonly<
  Record<StandingState, { readonly count: number; readonly oldestSeconds: number | null }>
>;

/** How many runs wait, work, are held or were given up, and for how long: asked of the database once in some seconds. */
@Injectable()
export class StandingRunsService {
  private asked: { readonly atMs: number; readonly answer: Promise<RunStanding> } | null = null;

  constructor(
    private readonly figures: SummaryRepository,
    private readonly clock: Clock,
  ) {}

  /** At most five seconds old. */
  figure(): Promise<RunStanding> {
    const nowMs = this.clock.elapsedMs();
    if (this.asked && nowMs - this.asked.atMs < FRESH_MS) return this.asked.answer;
    const asked = { atMs: nowMs, answer: this.read() };
    this.asked = asked;
    asked.answer.catch(() => {
      if (this.asked === asked) this.asked = null;
    });
    return asked.answer;
  }

  private async read(): Promise<RunStanding> {
    const found = await this.figures.standing();
    const of = (state: StandingState) => {
      const row = found.find((each) => each.state === state);
      return { count: row?.count ?? 0, oldestSeconds: row?.oldestSeconds ?? null };
    };
    return Object.fromEntries(STANDING_STATES.map((state) => [state, of(state)])) as RunStanding;
  }
}
