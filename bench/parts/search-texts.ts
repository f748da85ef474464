import { conversations } from '../corpus/conversations.js';
import { Random } from '../corpus/random.js';
import { Vocabulary } from '../corpus/vocabulary.js';

export type QueryKind = 'rare word' | 'middling word' | 'common word' | 'three words' | 'question';

export interface SearchText {
  readonly kind: QueryKind;
  readonly text: string;
}

/** Searches of five kinds over the generated corpus. */
export function searchTexts(messages: number, perKind: number): SearchText[] {
  const random = new Random(99);
  const vocabulary = new Vocabulary();
  const topics = [...conversations(messages, vocabulary)].map(({ topic }) => topic);
  const forms: readonly (readonly [QueryKind, () => string])[] = [
    ['rare word', () => vocabulary.ranked(random, 8_000, 20_000)],
    ['middling word', () => vocabulary.ranked(random, 500, 3_000)],
    ['common word', () => vocabulary.ranked(random, 0, 60)],
    ['three words', () => random.pick(topics).slice(0, 3).join(' ')],
    ['question', () => question(random, random.pick(topics), vocabulary)],
  ];
  return forms.flatMap(([kind, text]) => Array.from({ length: perKind }, () => ({ kind, text: text() })));
}

function question(random: Random, topic: readonly string[], vocabulary: Vocabulary): string {
  const [first, second] = topic;
  const common = vocabulary.ranked(random, 0, 60);
  return `What did we decide about the ${first} when I asked you for a ${second}, and why was it ${common}?`;
}
