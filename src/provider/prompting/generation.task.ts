import type { GenerateRequest, GenerateResult } from '../text-generation.port.js';
import { critiqueTask } from './critique.task.js';
import { draftTask } from './draft.task.js';
import { outlineTask } from './outline.task.js';
import type { WritingTask } from './writing-task.js';

/** The template for a request of `generate`. */
export function generationTask<R extends GenerateRequest>(
  request: R,
): WritingTask<GenerateResult[R['task']]> {
  // TypeScript cannot see that the template answers the request's own task.
  return taskOf(request) as WritingTask<GenerateResult[R['task']]>;
}

function taskOf(request: GenerateRequest): WritingTask<GenerateResult[GenerateRequest['task']]> {
  switch (request.task) {
    case 'outline':
      return outlineTask(request);
    case 'draft':
      return draftTask(request);
    case 'critique':
      return critiqueTask(request);
  }
}
