/** Letters that no normalization takes apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const KEPT_LETTERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
/** Accents of Latin, Greek and Cyrillic, and the points of Hebrew and Arabic; the vowels of Indian scripts stay. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u0652]+/gu;
const PLAIN = /^[\p{ASCII}]*$/u;

/** A word in lower case, in one form of Unicode (NFKC) and without accents: `Ärger` and `arger` are the same. */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  return PLAIN.test(lower) ? lower : foldLower(lower);
}

function foldLower(lower: string): string {
  return lower
    .normalize('NFKD')
    .replace(MARKS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(KEPT_LETTERS, (letter) => LETTERS[letter] ?? letter);
}
