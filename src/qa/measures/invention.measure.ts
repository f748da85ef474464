import type { Span } from '../../shared/index.js';
import { type Analysis, isNegation } from '../analysis/analysis.js';
import { coversDate, isCalendarWord } from '../analysis/hard-facts.js';
import type { SourceIndex } from '../analysis/source-index.js';
import { BARE_NUMBER, flatten, type Word } from '../analysis/words.js';
import { CONNECTORS, NUMBER_WORDS } from '../lexicon/connectors.js';
import type { Finding } from '../report.js';
import { findingAt } from './finding.js';

/**
 * What a sentence says that no source says: content words (compared by lemma), names, numbers, dates, URLs,
 * quotations and negations. Our own rule, word by word: connectors may be new, nothing else may. A sentence that
 * stands in a source word for word holds nothing new.
 */
export function findInvented(sentences: readonly Analysis[], sources: SourceIndex): Finding[] {
  return sentences.flatMap((sentence, index) => {
    if (sources.holdsVerbatim(sentence.flat)) return [];
    const settled = new SettledText(sentence.text.length);
    const spans = [
      ...inventedSpans(sentence, sources, settled),
      ...inventedNames(sentence, sources, settled),
      ...inventedNegations(sentence, sources),
      ...inventedWords(sentence, sources, settled),
    ];
    return spans.map(({ span, what }) =>
      findingAt('invented', index, sentence.text, span, `no source holds this ${what}`),
    );
  });
}

interface Invented {
  readonly span: Span;
  readonly what: string;
}

/** URLs, quotations, dates and numbers. Each is judged as a whole; `settled` collects what needs no second look. */
function inventedSpans(sentence: Analysis, sources: SourceIndex, settled: SettledText): Invented[] {
  const found: Invented[] = [];
  const judge = (span: Span, what: string, known: boolean) => {
    if (settled.covers(span)) return;
    settled.add(span);
    if (!known) found.push({ span, what });
  };
  for (const { value, span } of sentence.quotations) {
    if (sources.holdsVerbatim(flatten(value))) settled.add(span);
    else found.push({ span, what: 'quotation' });
  }
  for (const { value, span } of sentence.urls) judge(span, 'URL', sources.urls.has(value));
  for (const date of sentence.dates) {
    const known = sources.sentences.some((other) => other.dates.some((source) => coversDate(source, date)));
    judge(date.span, 'date', known);
  }
  for (const { value, span, unit } of sentence.numbers) {
    judge(span, sources.numbers.has(value) ? 'unit' : 'number', sources.holdsNumber(value, unit));
  }
  return found;
}

/** Neighbouring capitalised words are one name: its parts must stand in one source sentence. */
function inventedNames(sentence: Analysis, sources: SourceIndex, settled: SettledText): Invented[] {
  const found: Invented[] = [];
  let run: Word[] = [];
  const close = () => {
    const span = { start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0 };
    if (run.length > 1 && !sources.holdsTogether(run.map((word) => word.folded))) {
      found.push({ span, what: 'name' });
      settled.add(span);
    }
    run = [];
  };
  for (const word of sentence.words) {
    const adjacent = run.length > 0 && /^[ -]$/u.test(sentence.text.slice(run.at(-1)!.end, word.start));
    if (!adjacent) close();
    const named = /^\p{Lu}/u.test(word.raw) && word.content && !isCalendarWord(word);
    if (named && !settled.covers(word)) run.push(word);
    else close();
  }
  close();
  return found;
}

/** A negation is known where a source negates a sentence about the same thing. */
function inventedNegations(sentence: Analysis, sources: SourceIndex): Invented[] {
  return sentence.negations
    .filter(
      ({ head }) =>
        !sources.sentences.some(
          (source) => source.negations.length > 0 && (head === null || source.stems.has(head)),
        ),
    )
    .map(({ word }) => ({ span: word, what: 'negation' }));
}

function inventedWords(sentence: Analysis, sources: SourceIndex, settled: SettledText): Invented[] {
  const found: Invented[] = [];
  for (const [index, word] of sentence.words.entries()) {
    if (isNegation(word) || isConnector(word) || BARE_NUMBER.test(word.raw)) continue;
    if (NUMBER_WORDS.has(word.folded) || settled.covers(word)) continue;
    // A capital inside a sentence marks a name, and a name has no other forms.
    const name = index > 0 && /^\p{Lu}/u.test(word.raw);
    const known = name ? sources.words.has(word.folded) : sources.holdsWord(word.folded);
    if (!known) found.push({ span: word, what: name ? 'name' : 'word' });
  }
  return found;
}

function isConnector(word: Word): boolean {
  const [base, ending] = word.folded.split("'");
  return CONNECTORS.has(base!) && (ending === undefined || /^(?:ll|re|ve|d|m|s)$/u.test(ending));
}

/** The parts of a sentence that are judged already, as one bit a character: a long text must not cost its square. */
class SettledText {
  private readonly characters: Uint8Array;

  constructor(length: number) {
    this.characters = new Uint8Array(length);
  }

  add(span: Span): void {
    this.characters.fill(1, span.start, span.end);
  }

  covers(span: Span): boolean {
    return this.characters[span.start] === 1 && this.characters[span.end - 1] === 1;
  }
}
