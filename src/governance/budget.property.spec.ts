import fc from 'fast-check';
import { CORPORA, ROLES, type Role } from '../shared/index.js';
import type { AskFacts, Usage } from './decision.js';
import { GovernanceService } from './governance.service.js';

const governance = GovernanceService.open(null);
const unused: Usage = {
  externalCalls: 0,
  retrievals: 0,
  standinRevises: 0,
  standinSummaries: 0,
  styleSnippets: 0,
};

/** The table of the default policy, written a second time and without Cedar. */
const EXTERNAL_CALLS: Readonly<Record<Role, number>> = {
  ideator: 2,
  drafter: 1,
  critic: 2,
  revisor: 1,
  summarizer: 0,
};
const WRITES: Readonly<Record<Role, readonly string[]>> = {
  ideator: ['generate', 'revise'],
  drafter: ['generate'],
  critic: ['generate'],
  revisor: ['revise'],
  summarizer: ['summarize'],
};

function permittedByTable(role: Role, ask: AskFacts, usage: Usage): boolean {
  if (ask.action === 'measure') return !ask.external;
  if (ask.action === 'search')
    return !ask.external && ask.corpus !== undefined && maySearch(role, ask, usage);
  if (ask.action === 'retrieve') {
    return (
      role === 'critic' &&
      usage.retrievals < 3 &&
      ask.hostAllowed === true &&
      ask.personalDataInQuery === false
    );
  }
  if (!WRITES[role].includes(ask.action)) return false;
  if (!ask.external) return true;
  if (ask.sensitiveInRequest !== false) return false;
  const isFirebreak = role === 'revisor' || role === 'summarizer';
  if (isFirebreak && ask.writer === 'firebreak') return usage.externalCalls === 0;
  const isAllowed = !isFirebreak || (ask.writer === 'primary' && ask.firebreakFailed === true);
  return isAllowed && usage.externalCalls < EXTERNAL_CALLS[role];
}

function maySearch(role: Role, ask: AskFacts, usage: Usage): boolean {
  if (role === 'ideator' || role === 'critic') return (ask.limit ?? 1) > 0;
  if (role !== 'drafter' || ask.corpus === 'personal' || ask.purpose !== 'style') return false;
  const limit = ask.limit ?? Number.POSITIVE_INFINITY;
  return limit > 0 && usage.styleSnippets + limit <= 5;
}

function spend(ask: AskFacts, usage: Usage): Usage {
  const standin = ask.external && ask.writer === 'firebreak';
  const isCall = ask.external && ask.action !== 'retrieve';
  return {
    externalCalls: usage.externalCalls + (isCall ? 1 : 0),
    retrievals: usage.retrievals + (ask.action === 'retrieve' ? 1 : 0),
    standinRevises: usage.standinRevises + (standin && ask.action === 'revise' ? 1 : 0),
    standinSummaries: usage.standinSummaries + (standin && ask.action === 'summarize' ? 1 : 0),
    styleSnippets:
      usage.styleSnippets + (ask.action === 'search' && ask.purpose === 'style' ? (ask.limit ?? 0) : 0),
  };
}

it('says the same each time, and never gives a role more than its table', () => {
  const facts: fc.Arbitrary<AskFacts> = fc.record(
    {
      action: fc.constantFrom('search', 'generate', 'revise', 'summarize', 'retrieve', 'measure'),
      external: fc.boolean(),
      corpus: fc.constantFrom(...CORPORA),
      limit: fc.integer({ min: -1, max: 8 }),
      purpose: fc.constantFrom('context', 'style'),
      writer: fc.constantFrom('primary', 'firebreak', 'local'),
      hostAllowed: fc.boolean(),
      personalDataInQuery: fc.boolean(),
      sensitiveInRequest: fc.boolean(),
      firebreakFailed: fc.boolean(),
    },
    { requiredKeys: ['action', 'external'] },
  );
  const asks = fc.array(fc.tuple(fc.constantFrom(...ROLES), facts), { minLength: 30, maxLength: 150 });
  fc.assert(
    fc.property(asks, (sequence) => {
      const spent = new Map<Role, Usage>();
      for (const [role, ask] of sequence) {
        const usage = spent.get(role) ?? unused;
        const decision = governance.decide(role, ask, usage);
        expect(governance.decide(role, ask, usage)).toEqual(decision);
        expect(decision.permitted).toBe(permittedByTable(role, ask, usage));
        if (decision.permitted) spent.set(role, spend(ask, usage));
      }
    }),
    { numRuns: 60 },
  );
});
