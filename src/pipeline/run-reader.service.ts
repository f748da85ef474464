import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/index.js';
import { type Actor, AppError, Clock, hasScope } from '../shared/index.js';
import { RunRepository } from './run.repository.js';
import type { RunRecord } from './run-record.js';
import type { RunState } from './run-state.js';
import { firstTaskIdAt } from './task-id-time.js';

/** How much of a run its reader gets: `whole` with a held text, `own` without it, `facts` without any text. */
export type RunView = 'whole' | 'own' | 'facts';

export interface ViewedRun {
  readonly run: RunRecord;
  readonly view: RunView;
}

export interface RunListQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly state?: RunState | undefined;
  /** Only runs that were given up after their last attempt. */
  readonly dead?: boolean | undefined;
  /** Least time since it was asked for, in milliseconds. */
  readonly older_than?: number | undefined;
  /** Runs of this owner instead of the actor's. */
  readonly owner?: string | undefined;
  /** All owners' runs, as far as the actor may see them. */
  readonly all?: boolean | undefined;
}

export interface RunPage {
  readonly runs: readonly ViewedRun[];
  readonly nextCursor: string | null;
}

/** Reads runs, each as far as its reader may see it. */
@Injectable()
export class RunReaderService {
  constructor(
    private readonly runs: RunRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws `pipeline.run_not_found` alike for a run that does not exist and one that is not for the actor. */
  async get(actor: Actor, taskId: string): Promise<ViewedRun> {
    const viewed = await this.see(actor, taskId);
    if (viewed.view === 'whole')
      await this.audit.append({
        actor: actor.userId,
        action: 'run.read_held',
        resource: taskId,
        outcome: 'allowed',
      });
    return viewed;
  }

  /** The same for those who give none of its texts away: reading a held one leaves no trail. */
  async see(actor: Actor, taskId: string): Promise<ViewedRun> {
    const run = await this.runs.find(taskId);
    const view = run ? viewOf(actor, run) : null;
    if (!run || !view) throw notFound(taskId);
    return { run, view };
  }

  /** Newest first. Lists never hold a held text. */
  async list(actor: Actor, query: RunListQuery): Promise<RunPage> {
    const isOfOthers = query.all === true || (query.owner !== undefined && query.owner !== actor.userId);
    const found = await this.runs.list({
      ownerId: query.owner ?? (query.all ? null : actor.userId),
      before: this.firstLeftOut(query),
      state: isOfOthers && !hasScope(actor, 'admin') ? this.heldOnly(actor, query) : (query.state ?? null),
      failureCode: query.dead ? 'pipeline.dead_letter' : null,
      limit: query.limit + 1,
    });
    const page = found.slice(0, query.limit);
    return {
      runs: page.map((run) => ({ run, view: run.ownerId === actor.userId ? 'own' : 'facts' })),
      nextCursor: found.length > query.limit ? (page.at(-1)?.taskId ?? null) : null,
    };
  }

  /** Ids rise with time, so an age is a place in the list as the end of the last page is. */
  private firstLeftOut({ cursor, older_than: ageMs }: RunListQuery): string | null {
    if (ageMs === undefined) return cursor ?? null;
    const bound = firstTaskIdAt(new Date(this.clock.now().getTime() - ageMs));
    return cursor !== undefined && cursor.toLowerCase() < bound ? cursor : bound;
  }

  /** A reviewer sees that other people's runs are held, and nothing else of them. */
  private heldOnly(actor: Actor, query: RunListQuery): RunState {
    if (hasScope(actor, 'review') && (query.state === undefined || query.state === 'held')) return 'held';
    throw new AppError('auth.scope_missing', 'forbidden', 'The runs of other owners are for admins.', {
      hint: 'Leave `all` and `owner` out, or use a token with the scope admin; review opens the held ones (state=held).',
    });
  }
}

function viewOf(actor: Actor, run: RunRecord): RunView | null {
  if (hasScope(actor, 'review') && run.state === 'held') return 'whole';
  if (run.ownerId === actor.userId) return 'own';
  return hasScope(actor, 'admin') ? 'facts' : null;
}

export function notFound(taskId: string): AppError {
  return new AppError('pipeline.run_not_found', 'not_found', `There is no run ${taskId} of yours.`, {
    hint: 'GET /runs lists your runs.',
  });
}
