import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface StageFigures {
  readonly role: string;
  readonly passed: number;
  readonly minor: number;
  readonly major: number;
  readonly held: number;
  readonly failed: number;
  readonly skipped: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly external_calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
}

export interface DenialFigures {
  readonly role: string;
  readonly action: string;
  readonly policy: string;
  readonly count: number;
}

export interface OperationFigures {
  readonly operation: string;
  readonly source: string;
  readonly strategy: string;
  readonly count: number;
}

export interface FailureFigures {
  readonly task_id: string;
  readonly code: string;
  readonly finished_at: Date;
}

const STAGES = `
  SELECT role,
    count(*) FILTER (WHERE result = 'passed')::int AS passed,
    count(*) FILTER (WHERE result = 'minor')::int AS minor,
    count(*) FILTER (WHERE result = 'major')::int AS major,
    count(*) FILTER (WHERE result = 'held')::int AS held,
    count(*) FILTER (WHERE result = 'failed')::int AS failed,
    count(*) FILTER (WHERE result = 'skipped')::int AS skipped,
    coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) FILTER (WHERE result <> 'skipped'), 0) AS p50_ms,
    coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) FILTER (WHERE result <> 'skipped'), 0) AS p95_ms,
    sum(external_calls)::int AS external_calls,
    sum(input_tokens)::int AS input_tokens,
    sum(output_tokens)::int AS output_tokens
  FROM run_stages WHERE finished_at >= $1 GROUP BY role`;

const RUNS = `SELECT state, count(*)::int AS count FROM runs WHERE created_at >= $1 GROUP BY state`;

const DENIALS = `
  SELECT role, action, policy, count(*)::int AS count
  FROM journal_entries, unnest(policies) AS policy
  WHERE NOT permitted AND recorded_at >= $1 GROUP BY role, action, policy ORDER BY count DESC, role, action, policy`;

const FAILURES = `
  SELECT task_id, failure ->> 'code' AS code, finished_at FROM runs
  WHERE state = 'failed' AND created_at >= $1 ORDER BY finished_at DESC LIMIT 10`;

const REUSED = `
  SELECT reuse -> 'cache' ->> 'source' AS source, count(*)::int AS count
  FROM runs WHERE source_task_id IS NOT NULL AND created_at >= $1 GROUP BY 1`;

const OPERATIONS = `
  SELECT action AS operation, source, strategy, count(*)::int AS count
  FROM journal_entries WHERE source IS NOT NULL AND recorded_at >= $1
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

/** Each part is found by an index of its own, however many runs have ended. */
const STANDING = `
  SELECT state, count(*)::int AS count,
         greatest(0, extract(epoch FROM now() - min(since)))::float8 AS "oldestSeconds"
  FROM (
    SELECT 'queued' AS state, created_at AS since FROM runs WHERE state = 'queued'
    UNION ALL SELECT 'running', coalesce(started_at, created_at) FROM runs WHERE state = 'running'
    UNION ALL SELECT 'held', coalesce(finished_at, created_at) FROM runs WHERE state = 'held'
    UNION ALL SELECT 'dead', coalesce(finished_at, created_at) FROM runs
              WHERE state = 'failed' AND failure ->> 'code' = 'pipeline.dead_letter'
  ) AS standing GROUP BY state`;

/** Runs of a state, and how long the oldest of them has been in it. */
export interface StandingRuns {
  readonly state: StandingState;
  readonly count: number;
  readonly oldestSeconds: number;
}

/** States that somebody or something has to end, and dead letters. */
export const STANDING_STATES = ['queued', 'running', 'held', 'dead'] as const;
export type StandingState = (typeof STANDING_STATES)[number];

/** Counts over runs, stages and denials of all replicas; no texts. */
@Injectable()
export class SummaryRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  stages(since: Date): Promise<StageFigures[]> {
    return this.dataSource.query(STAGES, [since]);
  }

  runs(since: Date): Promise<{ state: string; count: number }[]> {
    return this.dataSource.query(RUNS, [since]);
  }

  denials(since: Date): Promise<DenialFigures[]> {
    return this.dataSource.query(DENIALS, [since]);
  }

  standing(): Promise<StandingRuns[]> {
    return this.dataSource.query(STANDING);
  }

  reusedAnswers(since: Date): Promise<{ source: 'cached' | 'joined'; count: number }[]> {
    return this.dataSource.query(REUSED, [since]);
  }

  operations(since: Date): Promise<OperationFigures[]> {
    return this.dataSource.query(OPERATIONS, [since]);
  }

  failures(since: Date): Promise<FailureFigures[]> {
    return this.dataSource.query(FAILURES, [since]);
  }
}
