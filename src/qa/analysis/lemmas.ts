import { createRequire } from 'node:module';

/** The part of wink-nlp used here; its own types reject `out(its.lemma)`. */
interface Wink {
  readonly its: { readonly lemma: unknown };
  readDoc(text: string): { tokens(): { out(form: unknown): string[] } };
}

const MAX_CACHED_WORDS = 20_000;
const known = new Map<string, ReadonlySet<string>>();
let loaded: Wink | undefined;

/**
 * The dictionary forms one English word can have, as a verb and as a noun: `meeting` → `meeting`, `meet`.
 * Loads the language model (about 150 ms) at its first call.
 */
export function lemmasOf(word: string): ReadonlySet<string> {
  const cached = known.get(word);
  if (cached) return cached;
  const lemmas = /^[a-z'-]{2,40}$/u.test(word) ? readLemmas(word) : new Set([word]);
  if (known.size >= MAX_CACHED_WORDS) known.clear();
  known.set(word, lemmas);
  return lemmas;
}

function readLemmas(word: string): ReadonlySet<string> {
  const wink = loadWink();
  const lemmas = new Set([word]);
  for (const context of [word, `to ${word}`, `the ${word}`]) {
    const last = wink.readDoc(context).tokens().out(wink.its.lemma).at(-1);
    if (last) lemmas.add(last);
  }
  return lemmas;
}

/** Not a static import: most texts need no lemma, and the model costs memory and start-up time. */
function loadWink(): Wink {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const create = require('wink-nlp') as (model: unknown, pipe: string[]) => Wink;
  loaded = create(require('wink-eng-lite-web-model'), ['pos']);
  return loaded;
}
