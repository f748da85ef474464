/**
 * Letters of other scripts that look like Latin ones, in the sense of Unicode Technical Standard 39 (confusables);
 * our own choice: what common fonts draw alike. Each entry is the Latin letter and its doubles.
 */
const DOUBLES: readonly (readonly [string, string])[] = [
  ['a', 'аαɑ'],
  ['b', 'ЬƄ'],
  ['c', 'сϲᴄ'],
  ['d', 'ԁɗ'],
  ['e', 'еєҽε'],
  ['g', 'ɡց'],
  ['h', 'һհ'],
  ['i', 'іιıɩ'],
  ['j', 'јϳ'],
  ['k', 'кκ'],
  ['l', 'ӏⅼӀ'],
  ['m', 'мⅿ'],
  ['n', 'пոη'],
  ['o', 'оοօσ'],
  ['p', 'рρ'],
  ['q', 'ԛգ'],
  ['r', 'гᴦ'],
  ['s', 'ѕꜱ'],
  ['t', 'тτ'],
  ['u', 'υսц'],
  ['v', 'νѵ'],
  ['w', 'ԝшω'],
  ['x', 'хχ'],
  ['y', 'уγү'],
  ['z', 'ᴢ'],
  ['A', 'АΑ'],
  ['B', 'ВΒ'],
  ['C', 'СϹ'],
  ['E', 'ЕΕ'],
  ['H', 'НΗ'],
  ['I', 'ІΙ'],
  ['J', 'Ј'],
  ['K', 'КΚ'],
  ['M', 'МΜ'],
  ['N', 'Ν'],
  ['O', 'ОΟ'],
  ['P', 'РΡ'],
  ['S', 'Ѕ'],
  ['T', 'ТΤ'],
  ['X', 'ХΧ'],
  ['Y', 'ҮΥ'],
  ['Z', 'Ζ'],
];

/** From a letter that is not Latin to the Latin letter it looks like. */
export const CONFUSABLES: ReadonlyMap<string, string> = new Map(
  DOUBLES.flatMap(([latin, doubles]) => [...doubles].map((double) => [double, latin] as const)),
);
