import type { Snippet } from '../../../shared/index.js';

/** The part of a request that may be shortened. */
export interface Sourced {
  readonly snippets: readonly Snippet[];
  readonly styleSnippets?: readonly Snippet[];
}

/**
 * The request with as many of its snippets as fit, dropped whole and from the end; those for style go first, for they
 * lend no fact. Null where not even one snippet fits.
 */
export async function fitContext<R extends Sourced>(
  request: R,
  fits: (request: R) => Promise<boolean>,
): Promise<R | null> {
  for (let candidate: R | null = request; candidate !== null; candidate = shortened(candidate))
    if (await fits(candidate)) return candidate;
  return null;
}

function shortened<R extends Sourced>(request: R): R | null {
  const { snippets, styleSnippets = [] } = request;
  if (styleSnippets.length > 0) return { ...request, styleSnippets: styleSnippets.slice(0, -1) };
  return snippets.length > 1 ? { ...request, snippets: snippets.slice(0, -1) } : null;
}
