import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/index.js';
import { type Actor, AppError, Clock } from '../shared/index.js';
import { RunRepository } from './run.repository.js';
import { notFound } from './run-reader.service.js';
import type { HeldText, Review, RunRecord } from './run-record.js';
import { nextState } from './run-state.js';

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
    const state = nextState(run.state, command.decision);
    assertSameText(run.held, command);
    const review: Review = {
      decision: command.decision,
      reviewer: actor.userId,
      comment: command.comment,
      decidedAt: this.clock.now().toISOString(),
    };
    const content = command.decision === 'approve' ? run.held.text : null;
    const isFirst = await this.runs.review(taskId, state, content, review);
    await this.audit.append({
      actor: actor.userId,
      action: 'run.review',
      resource: taskId,
      outcome: isFirst ? 'done' : 'failed',
      details: { decision: command.decision, text_sha256: command.textSha256 },
    });
    if (!isFirst) nextState((await this.runs.find(taskId))?.state ?? 'failed', command.decision);
    return { ...run, state, content, review };
  }
}

function assertSameText(held: HeldText, command: ReviewCommand): void {
  if (held.sha256 === command.textSha256) return;
  throw new AppError('pipeline.text_mismatch', 'conflict', 'The hash is not that of the held text.', {
    hint: 'Read the run again (GET /runs/:task_id) and send the sha256 it shows.',
  });
}
