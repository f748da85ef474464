import { idfOf } from './bm25.js';
import { termKindOf } from './light-terms.js';
import type { QueryWord } from './query-words.js';
import type { QueryTerm } from './search-query.js';

/** As many as there are bits to tell by which words a document has. */
const MAX_SEARCHED_WORDS = 60;
/**
 * Postings that may be read to find candidates; a common word beyond that only adds to their scores. Of one word that
 * is in more documents than this alone, those stored last are read: among so many, others are as good.
 */
const POSTING_BUDGET = 30_000;
/** With fewer candidates than this in sight, the next term is read whatever it costs. */
const ENOUGH_CANDIDATES = 1_000;
/** A word in the form of another language than the query's may be another word there. */
const FOREIGN_FORM_SHARE = 0.5;

/** What the database knows of an owner's corpus and of a query's stems in it. */
export interface TermStatistics {
  readonly scopeId: number;
  /** Another one after each change of the corpus. */
  readonly revision: string;
  readonly documentCount: number;
  /** Content words of all documents. */
  readonly tokenCount: number;
  /** The languages of its documents, ISO 639-1. */
  readonly languages: readonly string[];
  readonly terms: readonly {
    readonly id: number;
    readonly stem: string;
    readonly documentCount: number;
  }[];
}

export interface PlannedTerm {
  readonly id: number;
  readonly weight: number;
  /** Which of the searched words it stands for, from 0. */
  readonly word: number;
}

/** A word of the query that the corpus knows. */
export interface SearchedWord {
  readonly stem: string;
  /** All stems it is found by, its own first. */
  readonly stems: readonly string[];
  readonly weight: number;
}

/** Which postings to read for candidates and which only to score them. */
export interface QueryPlan {
  readonly words: readonly SearchedWord[];
  readonly driving: readonly PlannedTerm[];
  readonly adding: readonly PlannedTerm[];
  readonly averageTokenCount: number;
  /** How many postings of a driving term are read, those stored last first; null for all. */
  readonly postingsOfTerm: number | null;
  /** Whether every document that has a word of the query is a candidate. */
  readonly complete: boolean;
  /** Whether every term drives, whatever it costs. */
  readonly exhaustive: boolean;
}

/** All stems that a query's words may be indexed under. */
export function lookedUpStems(words: readonly QueryWord[]): string[] {
  return [...new Set(words.flatMap(({ stem, forms }) => [stem, ...forms.map((form) => form.stem)]))];
}

/** The terms a search works with: the rarest known ones and, for the record, unknown ones, in the query's order. */
export function queryTermsOf(words: readonly QueryWord[], statistics: TermStatistics): QueryTerm[] {
  const known = new Map(knownWords(words, statistics).map((word) => [word.stem, word]));
  const kept = new Set(rarestOf([...known.values()]).map((word) => word.stem));
  const unknown = words.filter(({ stem }) => !known.has(stem)).slice(0, MAX_SEARCHED_WORDS);
  for (const { stem } of unknown) kept.add(stem);
  return words
    .filter(({ stem }) => kept.has(stem))
    .map(({ stem }) => {
      const word = known.get(stem);
      const documentCount = word?.documentCount ?? 0;
      const forms = word?.terms.map((term) => term.stem).filter((form) => form !== stem) ?? [];
      return { stem, forms, documentCount, idf: idfOf(documentCount, statistics.documentCount) };
    });
}

/** Rare terms first until the budget is used; the rest only add to the scores of what those found. */
export function planQuery(
  words: readonly QueryWord[],
  statistics: TermStatistics,
  lightWordShare: number,
): QueryPlan {
  const searched = rarestOf(knownWords(words, statistics));
  const terms = searched
    .flatMap(({ stem, terms: forms }, word) =>
      forms.map((form) => ({
        ...form,
        word,
        weight:
          (termKindOf(stem) === 'light' ? lightWordShare : 1) *
          (form.stem === stem ? 1 : FOREIGN_FORM_SHARE) *
          idfOf(form.documentCount, statistics.documentCount),
      })),
    )
    .sort(byRarity);
  const driving: PlannedTerm[] = [];
  const adding: PlannedTerm[] = [];
  let postings = 0;
  for (const { id, word, weight, documentCount } of terms) {
    const drives = postings < ENOUGH_CANDIDATES || postings + documentCount <= POSTING_BUDGET;
    (drives ? driving : adding).push({ id, word, weight });
    if (drives) postings += documentCount;
  }
  return {
    words: searched.map(({ stem, terms: forms }, word) => ({
      stem,
      stems: forms.map((form) => form.stem),
      weight: Math.max(...terms.filter((term) => term.word === word).map((term) => term.weight)),
    })),
    driving,
    adding,
    averageTokenCount: Math.max(1, statistics.tokenCount / Math.max(1, statistics.documentCount)),
    postingsOfTerm: POSTING_BUDGET,
    complete: adding.length === 0 && terms.every((term) => term.documentCount <= POSTING_BUDGET),
    exhaustive: false,
  };
}

/** The same plan with every term reading candidates: for filters that leave too few of them. */
export function exhaustivePlan(plan: QueryPlan): QueryPlan {
  const driving = [...plan.driving, ...plan.adding];
  return { ...plan, driving, adding: [], postingsOfTerm: null, complete: true, exhaustive: true };
}

interface KnownWord {
  readonly stem: string;
  readonly documentCount: number;
  /** Its forms that the corpus has, its own first. */
  readonly terms: TermStatistics['terms'];
}

/** The words that the corpus has, each with its forms in the languages of the corpus. */
function knownWords(words: readonly QueryWord[], { terms, languages }: TermStatistics): KnownWord[] {
  const byStem = new Map(terms.filter((term) => term.documentCount > 0).map((term) => [term.stem, term]));
  const isSpoken = (language: string) => language === 'en' || languages.includes(language);
  return words.flatMap(({ stem, forms }) => {
    const stems = [stem, ...forms.filter((form) => isSpoken(form.language)).map((form) => form.stem)];
    const known = [...new Set(stems)].flatMap((each) => byStem.get(each) ?? []);
    const documentCount = Math.max(0, ...known.map((term) => term.documentCount));
    return known.length === 0 ? [] : [{ stem, documentCount, terms: known }];
  });
}

function rarestOf(words: readonly KnownWord[]): KnownWord[] {
  return [...words].sort(byRarity).slice(0, MAX_SEARCHED_WORDS);
}

function byRarity(
  a: { readonly documentCount: number; readonly stem: string },
  b: { readonly documentCount: number; readonly stem: string },
): number {
  return a.documentCount - b.documentCount || (a.stem < b.stem ? -1 : 1);
}
