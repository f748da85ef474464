import { generated } from '../../test/support/pipeline-values.js';
import type { Answer, ReviseAsk } from './asks.js';
import { UsageCounter } from './run-context.js';

const ASK = { type: 'revise', writer: 'firebreak', request: {} } as unknown as ReviseAsk;

function afterwards(answer: Answer<unknown>): boolean {
  const usage = new UsageCounter();
  usage.observe('revisor', ASK, answer);
  return usage.firebreakFailed('revisor');
}

describe('whether the firebreak failed', () => {
  it.each([
    ['provider.unreachable', true],
    ['optimizer.timebox', true],
    ['optimizer.quality_gate', false],
    ['optimizer.nothing_kept', false],
  ])('%s: %s', (code, failed) => {
    expect(afterwards({ status: 'failed', code, message: '' })).toBe(failed);
  });

  it('not by a text it gave', () => {
    expect(afterwards({ status: 'done', value: generated({ text: [], changes: [] }) })).toBe(false);
  });
});

describe('what is released', () => {
  it('can be used again, and nothing else', () => {
    const usage = new UsageCounter();
    usage.add('drafter', { externalCalls: 1, styleSnippets: 5 });
    usage.release('drafter', { externalCalls: 1 });
    expect(usage.of('drafter')).toMatchObject({ externalCalls: 0, styleSnippets: 5 });
  });
});
