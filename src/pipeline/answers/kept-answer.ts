import { z } from 'zod';
import { packageInfo } from '../../config/index.js';
import { sha256Hex } from '../../shared/index.js';
import type { AnswerMetadata } from '../answer-metadata.js';
import type { NewRun, RunRecord } from '../run-record.js';

const RELEASE = packageInfo().version;

/** The answer of a run, kept for those who ask the same. */
export interface KeptAnswer {
  readonly taskId: string;
  /** The state of the corpora that it was made from. */
  readonly revision: string;
  readonly content: string;
  readonly metadata: AnswerMetadata;
  /** When its run ended, as milliseconds since 1970. */
  readonly finishedMs: number;
}

const shape = z.object({
  taskId: z.uuid(),
  revision: z.string(),
  content: z.string(),
  metadata: z.looseObject({
    task_id: z.string(),
    user_id: z.string(),
    policy: z.object({ version: z.string(), hash: z.string() }),
    stages: z.array(z.looseObject({ role: z.string() })),
    input_sources: z.array(z.looseObject({ snippet_id: z.string() })),
    attribution: z.array(z.looseObject({ sentence: z.string() })),
  }),
  finishedMs: z.number(),
});
/** What this process kept itself needs no second look. */
const known = new WeakSet<object>();

/** Reads what a cache gave back; throws where it is no answer. */
export function readKeptAnswer(found: unknown): KeptAnswer {
  if (typeof found === 'object' && found !== null && known.has(found)) return found as KeptAnswer;
  const answer = shape.parse(found);
  known.add(found as object);
  return { ...answer, metadata: answer.metadata as unknown as AnswerMetadata };
}

/** SHA-256 (hex) of all that an answer depends on but the state of the corpora, which is looked at when it is used. */
export function answerKey({ ownerId, request, policy }: NewRun): string {
  const { reason: _reason, pressure: _pressure, ...plan } = request.plan;
  // Every member is written in the same order each time, so the quick form serves as well as the canonical one.
  return sha256Hex(JSON.stringify([ownerId, { ...request, plan }, policy, RELEASE]));
}

/** What can be given to others: an answer that came about without anything standing in for anything. */
export function keepable(record: RunRecord, revision: string): KeptAnswer | null {
  const { state, content, metadata, finishedAt, taskId } = record;
  if (state !== 'succeeded' || content === null || metadata === null || finishedAt === null) return null;
  if (metadata.stages.some(({ fallback }) => fallback !== null)) return null;
  return { taskId, revision, content, metadata, finishedMs: Date.parse(finishedAt) };
}
