import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conversations } from './conversations.js';

const FORMS: readonly ((topic: string) => string)[] = [
  (topic) => `What did I say about ${topic}?`,
  (topic) => `Write a short article about ${topic}.`,
  (topic) => `Summarise what I know of ${topic} in a few sentences.`,
  (topic) => `In my own voice: a post on ${topic}`,
  (topic) => `Find my notes on ${topic}`,
];

/** Prompts of five forms over the titles of the sample conversations. */
export function samplePrompts(root: string, count: number): string[] {
  const path = join(root, 'examples', 'personal', 'conversations.json');
  const samples = JSON.parse(readFileSync(path, 'utf8')) as readonly { readonly title: string }[];
  return varied(
    samples.map(({ title }) => title.toLowerCase()),
    count,
  );
}

/** Prompts of five forms over the topics of the generated conversations. */
export function generatedPrompts(messages: number, count: number): string[] {
  const topics: string[] = [];
  for (const { topic } of conversations(messages)) {
    topics.push(`${topic[0]} and ${topic[1]}`);
    if (topics.length === count) break;
  }
  return varied(topics, count);
}

function varied(topics: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / topics.length);
    return FORMS[(index + round) % FORMS.length]!(topics[index % topics.length]!);
  });
}
