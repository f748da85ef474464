import { isStopWord, type Span, splitSentences, termsOf } from '../../shared/index.js';
import {
  ASKS_A_QUESTION,
  ASKS_TO_CHANGE,
  ASKS_TO_MAKE,
  ASKS_TO_SPREAD,
  BEGINS_NO_ORDER,
  DESTROYS,
  HANDS_OVER_CODE,
  IS_A_PROMPT,
  OWN_CODE,
  OWN_OUTPUT,
  REACHES_OUT,
  STANDS_AMONG_ROWS,
  TOUCHES_THE_MACHINE,
} from '../lexicon/request-forms.js';

/** A request to an assistant that does not belong to the text it stands in. */
export interface ForeignRequest {
  readonly kind: 'foreign_request' | 'foreign_code';
  readonly span: Span;
}

interface Sentence extends Span {
  readonly text: string;
  readonly stems: readonly string[];
  readonly words: number;
  readonly asks: number;
  /** Whether it tells an assistant a wish, a role or a made-up case. */
  readonly wishes: boolean;
}

const MAX_SENTENCE_CHARS = 400;
const MIN_HOST_WORDS = 12;
const MAX_SHARE_ASKED = 0.4;

/**
 * Sentences that ask an assistant for something in a text about something else (task injection into retrieved text,
 * Greshake et al. 2023; Yi et al. 2024, BIPIA): the form of a request, no content word in common with the rest, and
 * a rest that asks for nothing itself. A text that is a request as a whole is nobody's document and has none.
 */
export function findForeignRequests(text: string): ForeignRequest[] {
  const sentences = splitSentences(text)
    .flatMap((span) => [...linesOf(text, span)])
    .map((span) => read(text, span));
  if (sentences.length < 2) return [];
  return [...foreignCode(text, sentences), ...foreignSentences(sentences)];
}

/** A line break before a capital or a table's bar begins something new, even where prose is wrapped. */
function* linesOf(text: string, { start, end }: Span): Generator<Span> {
  let from = start;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    if (!/^\s{0,8}[\p{Lu}|]/u.test(text.slice(at, at + 10))) continue;
    yield { start: from, end: at };
    from = at + 1;
  }
  if (from < end) yield { start: from, end };
}

function read(text: string, { start, end }: Span): Sentence {
  const content = text.slice(start, Math.min(end, start + MAX_SENTENCE_CHARS));
  const terms = termsOf(content);
  const stems = [...new Set(terms.map(({ stem }) => stem).filter((stem) => !isStopWord(stem)))];
  return {
    start,
    end,
    text: content,
    stems,
    words: terms.length,
    asks: asking(content),
    wishes: IS_A_PROMPT.test(content),
  };
}

/** How strongly a sentence asks: 0 not at all, 1 a question, 2 an order, 3 an order about the assistant's own text. */
function asking(sentence: string): number {
  if (sentence.length >= MAX_SENTENCE_CHARS) return 0;
  const own = OWN_OUTPUT.test(sentence);
  if (ASKS_TO_MAKE.test(sentence)) return own ? 3 : 2;
  if (ASKS_TO_SPREAD.test(sentence)) return sentence.includes(' that ') ? 2 : 3;
  if (own && (ASKS_TO_CHANGE.test(sentence) || !BEGINS_NO_ORDER.test(sentence))) return 3;
  return ASKS_A_QUESTION.test(sentence) ? 1 : 0;
}

function foreignSentences(sentences: readonly Sentence[]): ForeignRequest[] {
  const counts = new Map<string, number>();
  for (const stem of sentences.flatMap(({ stems }) => stems)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const words = wordsOf(sentences);
  const asked = wordsOf(sentences.filter(({ asks }) => asks > 0));
  if (words - asked < MIN_HOST_WORDS || asked > MAX_SHARE_ASKED * words) return [];
  const wishes = sentences.filter(({ wishes }) => wishes).length;
  const isTable = sentences.filter((sentence) => sentence.text.startsWith('|')).length > sentences.length / 2;
  return sentences
    .filter((sentence) => {
      const least = wishes > (sentence.wishes ? 1 : 0) ? 3 : 1;
      return sentence.asks >= least || (isTable && isOrderAmongRows(sentence.text));
    })
    .filter((sentence) => sharedStems(sentence, counts) <= mostShared(sentence, isTable))
    .map(({ start, end }) => ({ kind: 'foreign_request', span: { start, end } }));
}

function isOrderAmongRows(sentence: string): boolean {
  return STANDS_AMONG_ROWS.test(sentence) && !BEGINS_NO_ORDER.test(sentence);
}

function wordsOf(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { words }) => sum + words, 0);
}

/** The share of a sentence's stems that stand elsewhere in the text too. */
function sharedStems({ stems }: Sentence, counts: ReadonlyMap<string, number>): number {
  return stems.length === 0 ? 1 : stems.filter((stem) => counts.get(stem)! > 1).length / stems.length;
}

/** A table asks for nothing, and no document has an answer of its own to change: there some words may coincide. */
function mostShared({ asks, stems }: Sentence, isTable: boolean): number {
  if (asks === 3 || isTable) return 0.5;
  return stems.length < 2 ? -1 : 0;
}

/** Sentences that hand over code to be used, followed by code that reaches out, spies or destroys. */
function* foreignCode(text: string, sentences: readonly Sentence[]): Generator<ForeignRequest> {
  for (const { start, end, text: sentence } of sentences) {
    const code = HANDS_OVER_CODE.test(sentence) ? codeAfter(text, end) : null;
    if (code === null) continue;
    const body = text.slice(code.start, code.end);
    const harms = [TOUCHES_THE_MACHINE, REACHES_OUT, DESTROYS].filter((harm) => harm.test(body)).length;
    if (harms + (OWN_CODE.test(sentence) ? 1 : 0) >= 2)
      yield { kind: 'foreign_code', span: { start, end: code.end } };
  }
}

/** The fenced block that begins right after a sentence. */
function codeAfter(text: string, from: number): Span | null {
  const opening = /^\s{0,8}```[^\n`]{0,20}\n/u.exec(text.slice(from, from + 40));
  if (!opening) return null;
  const start = from + opening[0].length;
  const close = text.indexOf('```', start);
  return { start, end: close === -1 ? Math.min(text.length, start + 4000) : close + 3 };
}
