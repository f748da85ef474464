import type { ContextPack } from '../corpus/index.js';
import { type CitedText, type CorpusName, contentTermsOf } from '../shared/index.js';
import type { RunRequest } from './work.js';

const MAX_NAMED = 3;

/** The honest answer where the corpora hold nothing: says where was looked and which words were not found. */
export function insufficientText(pack: ContextPack, request: RunRequest): CitedText {
  const missing = missingWords(pack, request.prompt);
  const where = `your ${list(request.corpora)} ${request.corpora.length === 1 ? 'corpus' : 'corpora'}`;
  const text =
    missing.length > 0
      ? `I found nothing in ${where} that answers this: nothing there speaks of ${list(missing.map((word) => `“${word}”`))}.`
      : `I found nothing in ${where} that answers this.`;
  return [{ text, snippetIds: [], paragraph: 0 }];
}

function missingWords(pack: ContextPack, prompt: string): string[] {
  const uncovered = new Set(
    pack.concepts.filter((concept) => !concept.covered).map((concept) => concept.stem),
  );
  const words = new Map<string, string>();
  for (const term of contentTermsOf(prompt))
    if (uncovered.has(term.stem) && !words.has(term.stem))
      words.set(term.stem, prompt.slice(term.start, term.end));
  return [...words.values()].slice(0, MAX_NAMED);
}

function list(items: readonly (CorpusName | string)[]): string {
  const last = items.at(-1) ?? '';
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${last}` : last;
}
