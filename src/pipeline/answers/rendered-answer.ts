import type { KeptAnswer } from './kept-answer.js';
import { type ReuseFacts, reusedMetadata } from './reused-metadata.js';

/** What each run has of its own; all else is the same bytes for everybody who is given the answer. */
const OWN = ['task_id', 'request_id', 'cache', 'pressure_mode', 'overhead_ms'] as const;

/** Made once for an answer, since it is most of the work of sending it. */
const sharedEnds = new WeakMap<KeptAnswer, Buffer>();

/** The body of POST /query for a run that was given a kept answer: the JSON that its record would make, as bytes. */
export function renderedAnswer(
  kept: KeptAnswer,
  ids: { taskId: string; requestId: string },
  facts: ReuseFacts,
): Buffer {
  const own = JSON.stringify({
    task_id: ids.taskId,
    request_id: ids.requestId,
    cache: facts.cache,
    pressure_mode: facts.pressureMode,
    overhead_ms: facts.overheadMs,
  });
  const start = `{"task_id":${JSON.stringify(ids.taskId)},"agent_role":"summarizer","metadata":${own.slice(0, -1)},`;
  return Buffer.concat([Buffer.from(start), sharedEnd(kept, facts)]);
}

function sharedEnd(kept: KeptAnswer, facts: ReuseFacts): Buffer {
  const known = sharedEnds.get(kept);
  if (known) return known;
  const metadata: Record<string, unknown> = {
    ...reusedMetadata(kept.metadata, { taskId: '', requestId: '', ...facts }),
  };
  for (const name of OWN) delete metadata[name];
  const end = Buffer.from(`${JSON.stringify(metadata).slice(1)},"content":${JSON.stringify(kept.content)}}`);
  sharedEnds.set(kept, end);
  return end;
}
