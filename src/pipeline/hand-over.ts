import { AppError } from '../shared/index.js';
import { insufficientText } from './insufficient-text.js';
import { snippetKey } from './journal.js';
import type { StageOutput } from './stage.js';
import type { Work } from './work.js';

/**
 * The work as the next role gets it. A stage cannot bring in what it did not find: the pack is made once, of snippets
 * that were searched in this stage, and the words of `insufficient_context` are not the stage's.
 */
export function handOver(before: Work, { work }: StageOutput, searched: ReadonlySet<string>): Work {
  const hasPack = before.pack.snippets.length > 0;
  const pack = hasPack ? before.pack : work.pack;
  if (!hasPack && pack.snippets.some((snippet) => !searched.has(snippetKey(snippet)))) throw foreignSnippet();
  if (hasPack || work.outcome === 'answered') return { ...work, pack, outcome: 'answered' };
  return { ...work, pack, text: insufficientText(pack, before.request) };
}

function foreignSnippet(): AppError {
  return new AppError(
    'pipeline.foreign_snippet',
    'internal',
    'A stage handed on a snippet that no search found.',
  );
}
