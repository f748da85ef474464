import { CountingProvider } from '../../test/support/providers.js';
import { ProviderDirectory } from '../provider/index.js';
import { factsOf } from './ask-facts.js';
import type { SummarizeAsk, Writer } from './asks.js';

const outside = new CountingProvider(true);
const here = new CountingProvider(false);
const providers = new ProviderDirectory({ primary: outside, firebreak: outside, local: here });
const HARMLESS = 'What heats the greenhouse?';
const SECRET = 'What opens it? The wifi password is blue7horse.';
const summary = (prompt: string, writer: Writer, more: { kept?: true } = {}): SummarizeAsk => ({
  type: 'summarize',
  writer,
  ...more,
  request: { prompt, mode: 'chat', tone: 'neutral', style: 'concise', snippets: [], text: [], maxWords: 9 },
});
const sensitive = (ask: SummarizeAsk) => factsOf(ask, providers, false).sensitiveInRequest;

describe('what governance is told', () => {
  it.each<Writer>(['primary', 'firebreak'])('of a request that goes outside to the %s', (writer) => {
    expect(sensitive(summary(SECRET, writer))).toBe(true);
    expect(sensitive(summary(HARMLESS, writer))).toBe(false);
  });

  it('of what stays here is nothing of the kind: nobody looks', () => {
    expect(sensitive(summary(SECRET, 'local'))).toBeUndefined();
    expect(sensitive(summary(SECRET, 'primary', { kept: true }))).toBeUndefined();
  });

  it.each([
    ['Which year was the pond dug?', false],
    ['Is anna@example.org a member?', true],
    ['Who is Mrs Anna Petersen?', true],
    ['Whose card is 4111 1111 1111 1111?', true],
  ])('of a query for another host: %s', (query, personalDataInQuery) => {
    const facts = factsOf({ type: 'retrieve', host: 'facts.example', query }, providers, false);
    expect(facts).toMatchObject({ action: 'retrieve', external: true, personalDataInQuery });
  });
});
