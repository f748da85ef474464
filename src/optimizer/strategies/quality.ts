import type { RunShape } from './run-plan.js';

/** Every role in full, and the best of three texts a call. */
export const quality: RunShape = {
  optionalAsks: true,
  critiqueBy: 'primary',
  candidates: 3,
  draftWordsFactor: 2,
  contextShare: 1,
};
