import { Injectable } from '@nestjs/common';
import { Cache } from '../../cache/index.js';
import { AnswerFlight, Optimizer } from '../../optimizer/index.js';
import { Clock } from '../../shared/index.js';
import { RunLeaseService } from '../run-lease.service.js';
import type { NewRun, RunRecord } from '../run-record.js';
import { answerKey, type KeptAnswer, keepable, readKeptAnswer } from './kept-answer.js';
import { renderedAnswer } from './rendered-answer.js';
import { type ReuseFacts, reusedMetadata } from './reused-metadata.js';
import { ReusedRunStore } from './reused-run.store.js';

/** Who waits for another's answer holds a request and a timer; beyond these, each takes its own place. */
const MAX_FOLLOWERS = 1_000;

/** Gives a run the answer that an equal one made or is just making; each such run has its own row and ids. */
@Injectable()
export class AnswerReuseService {
  private following = 0;

  constructor(
    private readonly optimizer: Optimizer,
    private readonly flight: AnswerFlight,
    private readonly cache: Cache,
    private readonly store: ReusedRunStore,
    private readonly leases: RunLeaseService,
    private readonly clock: Clock,
  ) {}

  /**
   * The run with an answer that was kept, with that of an equal run at work, or as `lead` makes it. `lead` stores the
   * run itself, and is called at most once.
   */
  async answer(run: NewRun, lead: () => Promise<RunRecord>): Promise<RunRecord> {
    if (this.optimizer.keepMs <= 0) return lead();
    const startedMs = this.clock.elapsedMs();
    const key = answerKey(run);
    return (await this.cached(run, key, startedMs)) ?? this.lead(run, key, lead, startedMs);
  }

  /** The run with an answer that was kept; null where none was. */
  async kept(run: NewRun): Promise<RunRecord | null> {
    if (this.optimizer.keepMs <= 0) return null;
    return this.cached(run, answerKey(run), this.clock.elapsedMs());
  }

  private async cached(run: NewRun, key: string, startedMs: number): Promise<RunRecord | null> {
    const kept = await this.cache.get('answers', key, readKeptAnswer);
    return kept ? this.reuse(run, kept, 'cached', startedMs) : null;
  }

  /** Leads, or waits for the run that does; where that gives nothing for others, the next in line leads. */
  private async lead(
    run: NewRun,
    key: string,
    make: () => Promise<RunRecord>,
    startedMs: number,
  ): Promise<RunRecord> {
    if (this.following >= MAX_FOLLOWERS) return make();
    this.following++;
    try {
      for (;;) {
        const { value, joined } = await this.leases.waiting((signal) =>
          this.flight.share(key, signal, () => this.make(run, key, make)),
        );
        if (!joined) return value.record;
        const shared = value.kept && (await this.reuse(run, value.kept, 'joined', startedMs));
        if (shared) return shared;
      }
    } finally {
      this.following--;
    }
  }

  /** Makes an answer and keeps it as one of the corpora as they were before. */
  private async make(run: NewRun, key: string, make: () => Promise<RunRecord>) {
    const revision = await this.store.revisionFor(run);
    const record = await make();
    // A repeated idempotency key gives an earlier run: made from other corpora, or even from another run's answer.
    const kept = record.taskId === run.taskId ? keepable(record, revision) : null;
    if (kept) await this.cache.set('answers', key, kept, this.optimizer.keepMs);
    return { record, kept };
  }

  /** Null where the corpora have changed since, the answer is gone, or the idempotency key is taken. */
  private async reuse(
    run: NewRun,
    kept: KeptAnswer,
    source: 'cached' | 'joined',
    startedMs: number,
  ): Promise<RunRecord | null> {
    if (kept.metadata.user_id !== run.ownerId || kept.metadata.policy.hash !== run.policy.hash) return null;
    const finishedAt = this.clock.now();
    const facts: ReuseFacts = {
      cache: {
        level: 'answer',
        source,
        task_id: kept.taskId,
        age_ms: Math.max(0, finishedAt.getTime() - kept.finishedMs),
      },
      pressureMode: run.request.plan.pressure,
      overheadMs: Math.round((this.clock.elapsedMs() - startedMs) * 1_000) / 1_000,
    };
    const { taskId: sourceTaskId, revision } = kept;
    if (!(await this.store.add({ run, sourceTaskId, facts, finishedAt, revision }))) return null;
    return recordOf(run, kept, facts, finishedAt);
  }
}

function recordOf(run: NewRun, kept: KeptAnswer, facts: ReuseFacts, finishedAt: Date): RunRecord {
  const { taskId, requestId } = run;
  return {
    ...run,
    state: 'succeeded',
    content: kept.content,
    metadata: reusedMetadata(kept.metadata, { taskId, requestId, ...facts }),
    failure: null,
    held: null,
    review: null,
    sourceTaskId: kept.taskId,
    rendered: renderedAnswer(kept, run, facts),
    attempts: 0,
    nextAttemptAt: null,
    cancelRequestedAt: null,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.createdAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    durationMs: facts.overheadMs,
  };
}
