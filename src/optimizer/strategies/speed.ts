import type { RunShape } from './run-plan.js';

/** The shortest path: nothing optional, half of the context, a draft no longer than its answer. */
export const speed: RunShape = {
  optionalAsks: false,
  critiqueBy: 'local',
  candidates: 1,
  draftWordsFactor: 1,
  contextShare: 0.5,
};
