import { Random } from './random.js';
import { FUNCTION_WORDS, Vocabulary } from './vocabulary.js';

const SEED = 20_251;
const LAST_SECOND = Date.UTC(2026, 5, 30) / 1_000;
const FIVE_YEARS_SECONDS = 5 * 365 * 86_400;
const TOPIC_SHARE = 0.3;
const FUNCTION_SHARE = 0.45;

export interface GeneratedMessage {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly seconds: number;
  readonly text: string;
}

export interface GeneratedConversation {
  readonly id: string;
  readonly title: string;
  readonly topic: readonly string[];
  readonly messages: readonly GeneratedMessage[];
}

/** Invented conversations with this many messages in all: always the same ones, five to sixty words a message. */
export function* conversations(
  messages: number,
  vocabulary = new Vocabulary(),
): Generator<GeneratedConversation> {
  const random = new Random(SEED);
  for (let made = 0, number = 0; made < messages; number++) {
    const size = Math.min(random.between(2, 24), messages - made);
    yield conversation(random, vocabulary, number, size);
    made += size;
  }
}

function conversation(
  random: Random,
  vocabulary: Vocabulary,
  number: number,
  size: number,
): GeneratedConversation {
  const topic = Array.from({ length: 6 }, () => vocabulary.ranked(random, 200, 8_000));
  const start = LAST_SECOND - Math.floor(random.next() * FIVE_YEARS_SECONDS);
  const messages = Array.from(
    { length: size },
    (_, index): GeneratedMessage => ({
      id: `message-${number}-${index}`,
      role: index % 2 === 0 ? 'user' : 'assistant',
      seconds: start + index * random.between(20, 400),
      text: messageText(random, vocabulary, topic),
    }),
  );
  return { id: `conversation-${number}`, title: capital(topic.slice(0, 3).join(' ')), topic, messages };
}

function messageText(random: Random, vocabulary: Vocabulary, topic: readonly string[]): string {
  const sentences: string[] = [];
  for (let left = random.between(5, 60); left > 0; ) {
    const length = left < 8 ? left : Math.min(left, random.between(5, 18));
    const words = Array.from({ length }, () => wordOf(random, vocabulary, topic));
    sentences.push(`${capital(words.join(' '))}${random.next() < 0.1 ? '?' : '.'}`);
    left -= length;
  }
  return sentences.join(' ');
}

function wordOf(random: Random, vocabulary: Vocabulary, topic: readonly string[]): string {
  if (random.next() < FUNCTION_SHARE) return random.pick(FUNCTION_WORDS);
  return random.next() < TOPIC_SHARE ? random.pick(topic) : vocabulary.draw(random);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
