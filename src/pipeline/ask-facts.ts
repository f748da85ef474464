import type { AskFacts, Usage } from '../governance/index.js';
import type { ProviderDirectory } from '../provider/index.js';
import { detectPersonalData } from '../qa/index.js';
import type { Ask, WritingAsk } from './asks.js';
import { holdsSensitive } from './sensitive-request.js';

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
        personalDataInQuery: detectPersonalData(ask.query).length > 0,
      };
    case 'revise':
      return { ...written(ask, providers), firebreakFailed };
    default:
      return written(ask, providers);
  }
}

/** What was kept lies here: taking it out discloses nothing and calls nobody. */
function written(ask: WritingAsk, providers: ProviderDirectory): AskFacts {
  const external = !ask.kept && providers.writer(ask.writer).describe().external;
  const facts = { action: ask.type, writer: ask.writer, external };
  return external ? { ...facts, sensitiveInRequest: holdsSensitive(ask.request) } : facts;
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

/** The part of it that stands for a call: what need not be counted where no call was made. */
export function callOf({
  styleSnippets: _read,
  retrievals: _asked,
  ...call
}: Partial<Usage>): Partial<Usage> {
  return call;
}
