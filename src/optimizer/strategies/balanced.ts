import type { RunShape } from './run-plan.js';

/** Every role in full, one text a call. */
export const balanced: RunShape = {
  optionalAsks: true,
  critiqueBy: 'primary',
  candidates: 1,
  draftWordsFactor: 2,
  contextShare: 1,
};
