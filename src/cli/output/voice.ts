import { printPairs } from './print.js';

/** A voice as the API gives it. */
export interface ShownVoice {
  readonly register: string;
  readonly corpus: string;
  readonly version: number;
  readonly status: 'ready' | 'too_little' | 'stale';
  readonly texts: number;
  readonly words: number;
  readonly words_missing: number;
  readonly updated_at: string;
  readonly habits: {
    readonly words_per_sentence: number;
    readonly letters_per_word: number;
    readonly sentence_lengths: readonly {
      readonly from_words: number;
      readonly to_words: number | null;
      readonly share: number;
    }[];
    readonly per_100_words: Readonly<Record<string, number>>;
    readonly openers: readonly { readonly word: string; readonly share: number }[];
    readonly phrases: readonly { readonly phrase: string; readonly count: number }[];
  } | null;
}

/** The rates of a person's writing that say most to a reader. */
const RATES: Readonly<Record<string, string>> = {
  contraction: 'contractions',
  comma: 'commas',
  semicolon: 'semicolons',
  dash: 'dashes',
  exclamation_mark: 'exclamation marks',
  question_mark: 'question marks',
  emoji: 'emoji',
  i_me_my: 'I, me, my',
  you_your: 'you, your',
  hedges: 'perhaps, maybe, …',
  intensifiers: 'very, really, …',
};
const MOST_SHOWN = 6;

/** Prints a voice for people: what it is learned from, and its habits in plain figures. */
export function printVoice({ register, corpus, habits, ...voice }: ShownVoice): void {
  const texts = `${voice.words} words in ${voice.texts} of your own texts (${corpus})`;
  const learned = `format ${voice.version}, ${voice.updated_at.slice(0, 16).replace('T', ' ')}`;
  process.stdout.write(`${register}: ${texts}; ${learned}\n`);
  if (habits === null) {
    process.stdout.write(`  ${noteOf(voice)}\n`);
    return;
  }
  const { openers, phrases } = habits;
  printPairs({
    '  sentences': `${habits.words_per_sentence} words on average; ${commonLengths(habits.sentence_lengths)}`,
    '  words': `${habits.letters_per_word} letters on average`,
    '  per 100 words': Object.entries(RATES)
      .map(([name, label]) => `${label} ${habits.per_100_words[name] ?? 0}`)
      .join(' · '),
    '  begins with': listed(openers.map(({ word, share }) => `${word} ${percent(share)}`)),
    '  phrases': listed(phrases.map(({ phrase, count }) => `“${phrase}” ${count}×`)),
  });
}

/** Why a voice has no figures. */
function noteOf({ status, words_missing: missing }: Pick<ShownVoice, 'status' | 'words_missing'>): string {
  return status === 'stale'
    ? 'is being learned anew; ask again'
    : `too little to say how you write: ${missing} words missing`;
}

/** The three commonest classes of length. */
function commonLengths(lengths: NonNullable<ShownVoice['habits']>['sentence_lengths']): string {
  return lengths
    .toSorted((one, other) => other.share - one.share)
    .slice(0, 3)
    .map(({ from_words: from, to_words: to, share }) => `${percent(share)} of ${from} to ${to ?? 'more'}`)
    .join(', ');
}

function listed(parts: readonly string[]): string {
  return parts.slice(0, MOST_SHOWN).join(' · ') || 'none often';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
