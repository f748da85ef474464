import type { AskFacts, Usage } from '../governance/index.js';
import type { ProviderDirectory } from '../provider/index.js';
import { detectContacts, detectSensitive } from '../shared/index.js';
import type { Ask } from './asks.js';

/** What governance is told of an ask: facts the runner establishes, never the stage's own claims. */
export function factsOf(ask: Ask, providers: ProviderDirectory, firebreakFailed: boolean): AskFacts {
  switch (ask.type) {
    case 'search':
      return {
        action: 'search',
        corpus: ask.corpus,
        limit: ask.limit,
        purpose: ask.purpose,
        external: false,
      };
    case 'measure':
      return { action: 'measure', external: false };
    case 'retrieve':
      return {
        action: 'retrieve',
        external: true,
        host: ask.host,
        hostAllowed: false,
        personalDataInQuery: detectSensitive(ask.query).length + detectContacts(ask.query).length > 0,
      };
    case 'revise':
      return { ...written(ask, providers), firebreakFailed };
    default:
      return written(ask, providers);
  }
}

type WritingAsk = Extract<Ask, { writer: unknown }>;

function written(ask: WritingAsk, providers: ProviderDirectory): AskFacts {
  const { external } = providers.writer(ask.writer).describe();
  return { action: ask.type, writer: ask.writer, external };
}

/** What a permitted ask uses up, whether or not it succeeds. */
export function usageOf(facts: AskFacts): Partial<Usage> {
  if (facts.action === 'search') return facts.purpose === 'style' ? { styleSnippets: facts.limit ?? 0 } : {};
  if (facts.action === 'retrieve') return { retrievals: 1 };
  if (!facts.external) return {};
  const standin = facts.writer === 'firebreak';
  return {
    externalCalls: 1,
    standinRevises: standin && facts.action === 'revise' ? 1 : 0,
    standinSummaries: standin && facts.action === 'summarize' ? 1 : 0,
  };
}
