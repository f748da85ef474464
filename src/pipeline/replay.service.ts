import { Injectable } from '@nestjs/common';
import { AppError, sha256Hex } from '../shared/index.js';
import { replay } from './replay.js';
import { RunRepository } from './run.repository.js';
import { notFound } from './run-reader.service.js';

/** Replays a stored run and compares it with what was delivered. Shows hashes, never texts. */
@Injectable()
export class ReplayService {
  constructor(private readonly runs: RunRepository) {}

  async replay(taskId: string) {
    const run = await this.runs.find(taskId);
    if (!run) throw notFound(taskId);
    const delivered = run.held?.text ?? run.content;
    if (delivered === null)
      throw new AppError(
        'pipeline.nothing_to_replay',
        'conflict',
        `A run that is ${run.state} has no text to compare.`,
        {
          hint: 'Replay a run that succeeded or was held.',
        },
      );
    const journal = await this.runs.journalOf(run.sourceTaskId ?? taskId);
    // A text comes from stages that were checked, so its journal was never empty.
    if (journal.length === 0) throw journalGone(taskId);
    const found = replay(run.request, journal);
    const textSha256 = sha256Hex(delivered);
    return {
      task_id: taskId,
      identical: found.identical && found.textSha256 === textSha256,
      asks: found.asks,
      difference: found.difference,
      text_sha256: textSha256,
      replayed_sha256: found.textSha256,
    };
  }
}

function journalGone(taskId: string): AppError {
  return new AppError(
    'pipeline.journal_removed',
    'conflict',
    'The journal of this run is not kept any more.',
    {
      hint: 'Journals are kept for JOURNAL_RETENTION_DAYS; the run itself can still be read.',
      taskId,
    },
  );
}
