import { detectContacts, detectSensitive } from '../shared/index.js';
import { datesOf, numbersOf, quotationsOf, urlsOf } from './analysis/hard-facts.js';
import { flatten, wordsOf } from './analysis/words.js';
import { measureText } from './measure-text.js';
import { detectPersonalData } from './measures/personal-data.measure.js';
import { detectPlantedInstructions } from './measures/planted-instruction.measure.js';

const SIZE = 100_000;
const fill = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

/** Each hits the first part of some pattern again and again and never completes it. */
const TEXTS = [
  'a',
  '1',
  ' ',
  '\n',
  '"',
  '“',
  '!',
  '.',
  '-',
  '1 ',
  '1,',
  '1.1',
  '4111 ',
  'AKIA',
  'ghp_',
  'eyJa.',
  '-eyJa',
  'sk-a',
  '-----BEGIN PRIVATE KEY-----',
  'password: ',
  'password is ',
  'token=',
  'DE89 ',
  'a@',
  'a.a@a.',
  '+1 ',
  '(1',
  '(12) ',
  'ignore ',
  'ignore the ',
  'please ignore your ',
  'send data ',
  'you are now ',
  '![',
  '![](https://a?',
  'www.',
  'http://',
  'March ',
  '1 March ',
  '<|',
  'not ',
  "don't ",
  'Anna ',
  'é',
  '🎉',
  'שלום ',
  '漢字',
  '\u0000',
  '\ud800',
  '\u200B',
  '\u200B\u0430',
  'a\u0430',
  '\u202Ea',
  '\u{E0041}',
  'a b ',
  'aB3',
  'abcdef12',
  '::',
  '1::1:',
  '1.2.3.',
  '123-45-',
  'Bearer ',
  'http://a:',
  'a://b:c',
  '(((((',
  '+ (',
  'call 123 456 7890 ',
  'SSN ',
  '12 Aa Bb ',
  'Via Aa de ',
  'Aastraße ',
  'the corner of Aa bb ',
  "O'",
  'Aa, ',
  'A. ',
  'van Aa de ',
  'Mr. Aa and ',
  'in Aa ',
  'United States of ',
  '<!--',
  '<a style=',
  'not aaaa bbbb cccc ',
  'no aa, bb ',
  'you will act as ',
  'say ',
  'stop:',
  'from now ',
  'a IGNORE ',
  'forget everything ',
  'Write a poem. ',
  'What is a? ',
  '| a | b |\n',
  'use the following code:\n```\n',
].map((piece) => [piece, fill(piece)] as const);

it.each(TEXTS)('reads 100,000 characters of %j', (_piece, text) => {
  detectSensitive(text);
  detectContacts(text);
  detectPlantedInstructions(text, 'suspected');
  detectPersonalData(text);
  const words = wordsOf(text);
  const facts = [numbersOf(text, words), datesOf(text), urlsOf(text), quotationsOf(text)];
  expect(facts.flat().every((fact) => fact.span.end <= SIZE)).toBe(true);
  expect(flatten(text).length).toBeLessThanOrEqual(SIZE * 2);
});

it.each(['a ', 'Anna ', 'not x. ', '1 ', 'If we go. '].map((piece) => [piece, fill(piece)] as const))(
  'measures 100,000 characters of %j',
  (_piece, text) => {
    const report = measureText({
      prompt: text.slice(0, 1000),
      conceptWeights: new Map(),
      output: [{ text, snippetIds: [], paragraph: 0 }],
      input: [{ text: text.slice(1), snippetIds: [], paragraph: 0 }],
      snippets: [],
      tone: 'formal',
      keywords: ['none'],
    });
    expect(report.scores.qa).toBe(0);
  },
);
