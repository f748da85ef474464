import { aPack, aRequest } from '../../test/support/pipeline-values.js';
import { insufficientText } from './insufficient-text.js';

const uncovered = (...stems: string[]) => ({
  ...aPack([]),
  concepts: stems.map((stem) => ({ stem, weight: 1, covered: false })),
});

describe('insufficientText', () => {
  it('names the words that were not found, as they were written', () => {
    const request = aRequest({
      prompt: 'What is the capital of Mongolia?',
      corpora: ['personal', 'social', 'published'],
    });
    expect(insufficientText(uncovered('mongolia', 'capit'), request)[0]?.text).toBe(
      'I found nothing in your personal, social and published corpora that answers this: nothing there speaks of “capital” and “Mongolia”.',
    );
  });

  it('needs no word to name', () => {
    expect(insufficientText(aPack([]), aRequest())[0]?.text).toBe(
      'I found nothing in your personal corpus that answers this.',
    );
  });
});
