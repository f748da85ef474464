import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/index.js';
import { type Actor, AppError, Clock } from '../shared/index.js';
import { RunRepository } from './run.repository.js';
import { notFound } from './run-reader.service.js';
import type { HeldText, Review, RunRecord } from './run-record.js';
import { nextState, type RunState, wrongState } from './run-state.js';

export interface ReviewCommand {
  readonly decision: Review['decision'];
  /** SHA-256 (hex) of the text the reviewer has read. */
  readonly textSha256: string;
  readonly comment: string | null;
}

/** Lets a person release or reject a held text, bound to exactly the text that was read. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly runs: RunRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async decide(actor: Actor, taskId: string, command: ReviewCommand): Promise<RunRecord> {
    const run = await this.runs.find(taskId);
    if (!run?.held) throw notFound(taskId);
    const details = { decision: command.decision, text_sha256: command.textSha256 };
    const event = { actor: actor.userId, action: 'run.review', resource: taskId, details } as const;
    try {
      const state = nextState(run.state, command.decision);
      assertSameText(run.held, command);
      // Before the text is released: a decision without its trail must not happen.
      await this.audit.append({ ...event, outcome: 'allowed' });
      return await this.close(run, state, reviewOf(actor, command, this.clock.now()));
    } catch (error) {
      this.audit.record({ ...event, outcome: 'failed' });
      throw error;
    }
  }

  private async close(run: RunRecord, state: RunState, review: Review): Promise<RunRecord> {
    const content = review.decision === 'approve' ? (run.held?.text ?? null) : null;
    if (await this.runs.review(run.taskId, state, content, review)) return { ...run, state, content, review };
    const now = await this.runs.find(run.taskId);
    throw wrongState(now?.state ?? run.state, review.decision);
  }
}

function reviewOf(actor: Actor, { decision, comment }: ReviewCommand, decidedAt: Date): Review {
  return { decision, reviewer: actor.userId, comment, decidedAt: decidedAt.toISOString() };
}

function assertSameText(held: HeldText, command: ReviewCommand): void {
  if (held.sha256 === command.textSha256) return;
  throw new AppError('pipeline.text_mismatch', 'conflict', 'The hash is not that of the held text.', {
    hint: 'Read the run again (GET /runs/:task_id) and send the sha256 it shows.',
  });
}
