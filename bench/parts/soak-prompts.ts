import { conversations } from '../corpus/conversations.js';
import { Random } from '../corpus/random.js';

const SEED = 41;
/** One query in eight repeats one of the latest, so that what is kept is also used. */
const REPEATED_SHARE = 1 / 8;
const LATEST = 500;

const FORMS: readonly ((first: string, second: string) => string)[] = [
  (first, second) => `What did I say about ${first} and ${second}?`,
  (first, second) => `Write a short article about ${first} and ${second}.`,
  (first, second) => `Summarise what I know of ${first} and ${second} in a few sentences.`,
  (first, second) => `In my own voice: a post on ${first} and ${second}`,
  (first, second) => `Find my notes on ${first} and ${second}`,
];

/** Prompts over the topics of the generated conversations, most of them asked once. */
export function soakPrompts(documents: number, count: number): string[] {
  const random = new Random(SEED);
  const topics = [...conversations(documents)].map(({ topic }) => topic);
  const prompts: string[] = [];
  const asked = new Set<string>();
  while (prompts.length < count) {
    if (prompts.length > 0 && random.next() < REPEATED_SHARE) {
      prompts.push(random.pick(prompts.slice(-LATEST)));
      continue;
    }
    const topic = random.pick(topics);
    const prompt = random.pick(FORMS)(random.pick(topic), random.pick(topic));
    if (asked.has(prompt)) continue;
    asked.add(prompt);
    prompts.push(prompt);
  }
  return prompts;
}
