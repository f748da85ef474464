import type { Pressure } from '../../memory/index.js';
import type { AnswerMetadata, ReusedAnswer } from '../answer-metadata.js';

/** How a run came by another one's answer: all that is stored of it beside the reference. */
export interface ReuseFacts {
  readonly cache: ReusedAnswer;
  readonly pressureMode: Pressure;
  readonly overheadMs: number;
}

/** The bundle of a run that was given another one's answer: the same evidence, its own ids, and nothing spent. */
export function reusedMetadata(
  source: AnswerMetadata,
  { taskId, requestId, cache, pressureMode, overheadMs }: ReuseFacts & { taskId: string; requestId: string },
): AnswerMetadata {
  return {
    ...source,
    task_id: taskId,
    request_id: requestId,
    token_stats: { input_tokens: 0, output_tokens: 0 },
    stages: source.stages.map((stage) => ({ ...stage, duration_ms: 0, external_calls: 0 })),
    cache,
    pressure_mode: pressureMode,
    overhead_ms: overheadMs,
  };
}
