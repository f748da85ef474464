import { contentTermsOf, detectLanguage, isStopWord, type Term, termsOf } from '../../shared/index.js';
import { corpusSizeOf, idfOf } from '../search/bm25.js';
import { type TermKind, termKindOf, topicFactorOf } from '../search/light-terms.js';
import type { SearchResult } from '../search/search-query.js';

/** An unknown name outweighs an unknown word: a text about someone else is no answer. */
const UNKNOWN_NAME_FACTOR = 1.5;
/** What follows "about" is the topic itself. */
const ABOUT_FACTOR = 1.5;
const MAX_FACTOR = 2;
const ABOUT =
  /\b(?:about|regarding|concerning)\s+(?:(?:the|a|an|my|our|your|his|her|their|this|that)\s+)*$/iu;
const ABOUT_CHARS = 60;

/** A word of the prompt, weighed against what the searched corpora know of it. */
export interface PromptConcept {
  readonly stem: string;
  /** Its stems in other languages of the searched corpora. */
  readonly forms: readonly string[];
  /** The prompt's, ISO 639-1; null where it could not be told. */
  readonly language: string | null;
  /** As the prompt writes it. */
  readonly word: string;
  readonly weight: number;
  readonly kind: TermKind;
  readonly known: boolean;
  readonly isName: boolean;
  /** For a word of a name of several words: all of them, padded with spaces, which count only together. */
  readonly phrase: string | null;
}

/** The distinct content words of a prompt with their weights; words that every search left out are not among them. */
export function conceptsOf(prompt: string, results: readonly SearchResult[]): PromptConcept[] {
  const rarityOf = rarityIn(results);
  const language = detectLanguage(prompt);
  const names = namesOf(prompt, language);
  const concepts = new Map<string, PromptConcept>();
  let topicEnd = -1;
  for (const term of contentTermsOf(prompt, language)) {
    const continues = topicEnd !== -1 && /^\s+$/u.test(prompt.slice(topicEnd, term.start));
    const isTopic = continues || ABOUT.test(prompt.slice(Math.max(0, term.start - ABOUT_CHARS), term.start));
    topicEnd = isTopic ? term.end : -1;
    const rarity = rarityOf(term.stem);
    if (rarity === null || concepts.has(term.stem)) continue;
    const word = prompt.slice(term.start, term.end);
    const weight = weighed(term.stem, rarity, isTopic, names.get(term.start) ?? null);
    concepts.set(term.stem, { ...weight, forms: rarity.forms, language, word });
  }
  return [...concepts.values()];
}

interface Rarity {
  readonly share: number;
  readonly known: boolean;
  readonly forms: readonly string[];
}

function weighed(stem: string, { share, known }: Rarity, isTopic: boolean, name: string | null) {
  const kind = termKindOf(stem);
  const isName = name !== null && kind === 'topical';
  const boost = (isTopic ? ABOUT_FACTOR : 1) * (isName && !known ? UNKNOWN_NAME_FACTOR : 1);
  const factor = kind === 'light' ? 1 : Math.min(boost, MAX_FACTOR);
  const phrase = name?.trim().includes(' ') ? name : null;
  return { stem, weight: share * topicFactorOf(kind) * factor, kind, known, isName, phrase };
}

/** Rarity over all searched corpora together, as a share of the highest: 1 for a word none of them has. */
function rarityIn(results: readonly SearchResult[]): (stem: string) => Rarity | null {
  const counts = new Map<string, number>();
  const forms = new Map<string, readonly string[]>();
  let corpusSize = 0;
  for (const { terms } of results) {
    corpusSize += terms[0] ? corpusSizeOf(terms[0].idf, terms[0].documentCount) : 0;
    for (const term of terms) {
      counts.set(term.stem, (counts.get(term.stem) ?? 0) + term.documentCount);
      forms.set(term.stem, [...new Set([...(forms.get(term.stem) ?? []), ...term.forms])]);
    }
  }
  const highest = idfOf(0, corpusSize);
  return (stem) => {
    const count = results.length === 0 ? 0 : counts.get(stem);
    if (count === undefined) return null;
    return { share: idfOf(count, corpusSize) / highest, known: count > 0, forms: forms.get(stem) ?? [] };
  };
}

/** Capitalized words inside sentences, by their offset, each with the stems of the whole name. */
function namesOf(prompt: string, language: string | null): Map<number, string> {
  const names = new Map<number, string>();
  const words = termsOf(prompt, language).map((term, index, all) => {
    const gap = prompt.slice(all[index - 1]?.end ?? 0, term.start);
    return {
      ...term,
      capitalized: /^\p{Lu}/u.test(prompt.slice(term.start, term.end)) && term.stem !== 'i',
      opens: index === 0 || /[.!?:\n"“]/u.test(gap),
      joined: /^[\s-]+$/u.test(gap),
    };
  });
  // Capitals on function words are a style of writing, and then they name nothing.
  const inside = words.filter((word) => !word.opens && word.stem !== 'i' && isStopWord(word.stem));
  if (inside.filter((word) => word.capitalized).length * 2 > inside.length) return names;
  let run: Term[] = [];
  for (const word of words) {
    const isName = word.capitalized && !word.opens;
    run = isName ? [...(word.joined ? run : []), word] : [];
    const phrase = ` ${run.map((each) => each.stem).join(' ')} `;
    for (const part of run) names.set(part.start, phrase);
  }
  return names;
}
