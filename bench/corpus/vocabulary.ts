import { Random } from './random.js';

const SIZE = 30_000;
const ONSETS =
  'b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w'.split(
    ' ',
  );
const NUCLEI = 'a e i o u ai ea ee oa oo ou'.split(' ');
const CODAS = ['', '', '', 'b', 'ck', 'd', 'l', 'ld', 'm', 'mp', 'n', 'nd', 'nt', 'p', 'r', 'rk', 'st', 't'];
const ENDINGS = ['', '', '', '', 'er', 'ing', 'ed', 'al', 'ment', 'ity', 'ion', 'ly'];

/** Words that glue sentences; half of what people write. */
export const FUNCTION_WORDS =
  'the a of and to in is it that was for on with as i you we this at by but not or from so if then there'.split(
    ' ',
  );

/** Content words, the commonest first, drawn by Zipf's law: the n-th is 1/n as common as the first. */
export class Vocabulary {
  readonly words: readonly string[];
  readonly #cumulative: readonly number[];

  constructor(seed = 7) {
    const random = new Random(seed);
    const words = new Set<string>();
    while (words.size < SIZE) words.add(inventedWord(random, words.size));
    this.words = [...words];
    let total = 0;
    // Shifted, as in real texts (Mandelbrot): the first content word is not in every sentence.
    this.#cumulative = this.words.map((_, rank) => {
      total += 1 / (rank + 20);
      return total;
    });
  }

  draw(random: Random): string {
    const wanted = random.next() * this.#cumulative.at(-1)!;
    let low = 0;
    let high = this.words.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#cumulative[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return this.words[low]!;
  }

  /** A word whose rank by commonness lies from `low` to `high`. */
  ranked(random: Random, low: number, high: number): string {
    return this.words[random.between(low, high)]!;
  }
}

/** Commoner words are shorter. */
function inventedWord(random: Random, rank: number): string {
  const syllables = rank < 400 ? random.between(1, 2) : random.between(2, 3);
  let word = '';
  for (let i = 0; i < syllables; i++) word += random.pick(ONSETS) + random.pick(NUCLEI);
  return word + random.pick(CODAS) + (rank < 400 ? '' : random.pick(ENDINGS));
}
