import { Injectable } from '@nestjs/common';
import { CorpusRevisions } from '../../corpus/index.js';
import type { NewRun } from '../run-record.js';
import { GroupCommit } from './group-commit.js';
import { type ReusedRun, ReusedRunRepository } from './reused-run.repository.js';

/** A run that shall be given an answer made from a certain state of the corpora. */
export interface Reuse extends ReusedRun {
  readonly revision: string;
}

/** Stores runs that are given another one's answer, as long as the corpora are what that answer was made from. */
@Injectable()
export class ReusedRunStore {
  private readonly commit = new GroupCommit<Reuse, boolean>((reuses) => this.addAll(reuses));

  constructor(
    private readonly revisions: CorpusRevisions,
    private readonly runs: ReusedRunRepository,
  ) {}

  /** The state of the corpora that a run would be answered from. */
  async revisionFor(run: NewRun): Promise<string> {
    const [revision = ''] = await this.revisions.of([wishOf(run)]);
    return revision;
  }

  /** False where the corpora have changed since, the answer is gone, or the idempotency key is taken. */
  add(reuse: Reuse): Promise<boolean> {
    return this.commit.add(reuse);
  }

  private async addAll(reuses: readonly Reuse[]): Promise<readonly boolean[]> {
    const current = await this.revisions.of(reuses.map(({ run }) => wishOf(run)));
    const fresh = reuses.filter(({ revision }, index) => revision === current[index]);
    const stored = new Set<Reuse>();
    if (fresh.length > 0) {
      const outcomes = await this.runs.create(fresh);
      for (const [index, reuse] of fresh.entries()) if (outcomes[index]) stored.add(reuse);
    }
    return reuses.map((reuse) => stored.has(reuse));
  }
}

function wishOf({ ownerId, request: { corpora } }: NewRun) {
  return { ownerId, corpora };
}
