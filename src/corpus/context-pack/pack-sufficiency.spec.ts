import { INVENTED_NOTES, searchNotes } from '../../../test/contract/invented-corpus.js';
import { buildContextPack } from './build-context-pack.js';
import { packIsSufficient } from './pack-sufficiency.js';

function judge(prompt: string, others: number): boolean {
  const results = [searchNotes(prompt, INVENTED_NOTES, others)];
  return packIsSufficient(buildContextPack({ prompt, results, maxChars: 6_000, maxSnippets: 12 }));
}

describe.each([30, 300, 5_000])('packIsSufficient beside %d other documents', (others) => {
  it.each([
    'What did I decide about the greenhouse heating?',
    'what have i said about sourdough',
    'greenhouse',
    'sardines',
    'Summarize my thoughts on the marathon.',
    'How should I train for the marathon?',
    'Compare my notes on sourdough and kombucha',
    'Where did we stay in Lisbon?',
    'What is my dog afraid of?',
    'Write a blog post about how moving to a smaller flat changed my habits, friendly and short',
    'Draft a LinkedIn post about my greenhouse',
    'What did Anna bring?',
    'Did the tomatoes get blight last August?',
    'What noise does the heat pump make?',
    'Write a note to Ulrich about the greenhouse heating',
    'When are capital gains taxed?',
    'WHAT DID I DECIDE ABOUT THE GREENHOUSE HEATING?',
  ])('answers: %s', (prompt) => {
    expect(judge(prompt, others)).toBe(true);
  });

  it.each([
    'What is the capital of Mongolia?',
    'what is the capital of mongolia',
    'Mongolia',
    'Explain quantum entanglement',
    'Who won the World Cup in 2018?',
    'who won the world cup in 2018',
    'Tell me about the history of the Roman Empire',
    'What is the best way to invest in Bitcoin?',
    'How do I fix a segfault in Rust?',
    'What did I decide about my divorce?',
    'What is the population of Lisbon and of Porto, Braga and Coimbra?',
    'What did I write about parachutes?',
    'Summarize what I think',
    'xyzzy',
  ])('has nothing for: %s', (prompt) => {
    expect(judge(prompt, others)).toBe(false);
  });
});

it('has nothing where nothing was searched', () => {
  const pack = buildContextPack({ prompt: 'greenhouse', results: [], maxChars: 100, maxSnippets: 3 });
  expect(packIsSufficient(pack)).toBe(false);
});
