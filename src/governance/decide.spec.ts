import { type Role } from '../shared/index.js';
import type { AskFacts, Usage } from './decision.js';
import { GovernanceService } from './governance.service.js';

const governance = GovernanceService.open(null);
const exercised = new Set<string>();

const unused: Usage = {
  externalCalls: 0,
  retrievals: 0,
  standinRevises: 0,
  standinSummaries: 0,
  styleSnippets: 0,
};

const decide = (role: Role, facts: AskFacts, usage: Partial<Usage> = {}) => {
  const decision = governance.decide(role, facts, { ...unused, ...usage });
  for (const id of decision.policies) exercised.add(id);
  return decision;
};

const search = (rest: Partial<AskFacts> = {}): AskFacts => ({
  action: 'search',
  corpus: 'personal',
  limit: 12,
  purpose: 'context',
  external: false,
  ...rest,
});
const local = (action: AskFacts['action']): AskFacts => ({ action, writer: 'local', external: false });
const outside = (action: AskFacts['action'], writer: AskFacts['writer'] = 'primary'): AskFacts => ({
  action,
  writer,
  external: true,
  sensitiveInRequest: false,
});
const style = search({ corpus: 'social', purpose: 'style', limit: 5 });
const retrieve: AskFacts = {
  action: 'retrieve',
  external: true,
  host: 'facts.example',
  hostAllowed: true,
  personalDataInQuery: false,
};

it.each<[string, Role, AskFacts, Partial<Usage>, string]>([
  ['ideator searches', 'ideator', search(), {}, 'ideator-search'],
  ['drafter looks at style', 'drafter', style, {}, 'drafter-style-search'],
  [
    'drafter takes the rest',
    'drafter',
    search({ ...style, limit: 2 }),
    { styleSnippets: 3 },
    'drafter-style-search',
  ],
  ['critic searches', 'critic', search({ corpus: 'published' }), {}, 'critic-search'],
  ['critic retrieves', 'critic', retrieve, { retrievals: 2 }, 'critic-retrieve'],
  [
    'a secret stays here',
    'drafter',
    { ...local('generate'), sensitiveInRequest: true },
    {},
    'drafter-write-local',
  ],
  ['anyone measures', 'summarizer', { action: 'measure', external: false }, {}, 'measure-any'],
  ['ideator writes here', 'ideator', local('generate'), { externalCalls: 9 }, 'ideator-write-local'],
  ['drafter writes here', 'drafter', local('generate'), {}, 'drafter-write-local'],
  ['critic writes here', 'critic', local('generate'), {}, 'critic-write-local'],
  ['revisor writes here', 'revisor', local('revise'), {}, 'revisor-revise-local'],
  ['summarizer writes here', 'summarizer', local('summarize'), {}, 'summarizer-summarize-local'],
  ['ideator calls twice', 'ideator', outside('revise'), { externalCalls: 1 }, 'ideator-write-external'],
  ['drafter calls', 'drafter', outside('generate'), {}, 'drafter-write-external'],
  ['critic calls twice', 'critic', outside('generate'), { externalCalls: 1 }, 'critic-write-external'],
  [
    'revisor calls when the firebreak failed',
    'revisor',
    { ...outside('revise'), firebreakFailed: true },
    {},
    'revisor-external-after-failure',
  ],
  ['a stand-in revises', 'revisor', outside('revise', 'firebreak'), {}, 'firebreak-standin'],
  ['a stand-in summarizes', 'summarizer', outside('summarize', 'firebreak'), {}, 'firebreak-standin'],
])('permits: %s', (_name, role, facts, usage, policy) => {
  expect(decide(role, facts, usage)).toMatchObject({ permitted: true, policies: [policy] });
});

it.each<[string, Role, AskFacts, Partial<Usage>, string[]]>([
  ['ideator calls a third time', 'ideator', outside('generate'), { externalCalls: 2 }, ['default-deny']],
  ['drafter calls twice', 'drafter', outside('generate'), { externalCalls: 1 }, ['default-deny']],
  ['drafter reads private texts', 'drafter', search({ ...style, corpus: 'personal' }), {}, ['default-deny']],
  ['drafter searches for content', 'drafter', search({ ...style, purpose: 'context' }), {}, ['default-deny']],
  ['drafter wants six', 'drafter', search({ ...style, limit: 6 }), {}, ['default-deny']],
  ['drafter wants five more', 'drafter', style, { styleSnippets: 1 }, ['default-deny']],
  [
    'drafter names no limit',
    'drafter',
    { action: 'search', corpus: 'social', purpose: 'style', external: false },
    {},
    ['default-deny'],
  ],
  ['drafter revises', 'drafter', local('revise'), {}, ['default-deny']],
  ['critic retrieves a fourth time', 'critic', retrieve, { retrievals: 3 }, ['default-deny']],
  ['ideator retrieves', 'ideator', retrieve, {}, ['retrieve-critic-only']],
  ['a host is not listed', 'critic', { ...retrieve, hostAllowed: false }, {}, ['retrieve-listed-hosts-only']],
  [
    'a query names a person',
    'critic',
    { ...retrieve, personalDataInQuery: true },
    {},
    ['retrieve-no-personal-data'],
  ],
  [
    'nobody says whether it does',
    'critic',
    { action: 'retrieve', external: true, hostAllowed: true },
    {},
    ['retrieve-no-personal-data'],
  ],
  [
    'a request holds a secret',
    'drafter',
    { ...outside('generate'), sensitiveInRequest: true },
    {},
    ['no-secrets-outside'],
  ],
  [
    'a stand-in would be sent a secret',
    'summarizer',
    { ...outside('summarize', 'firebreak'), sensitiveInRequest: true },
    {},
    ['no-secrets-outside'],
  ],
  [
    'nobody says whether a request holds a secret',
    'critic',
    { action: 'generate', writer: 'primary', external: true },
    {},
    ['no-secrets-outside'],
  ],
  ['revisor searches', 'revisor', search(), {}, ['firebreak-no-search']],
  ['summarizer searches', 'summarizer', style, {}, ['firebreak-no-search']],
  ['revisor calls with a sound firebreak', 'revisor', outside('revise'), {}, ['default-deny']],
  [
    'revisor calls after its stand-in',
    'revisor',
    { ...outside('revise'), firebreakFailed: true },
    { externalCalls: 1, standinRevises: 1 },
    ['default-deny'],
  ],
  [
    'a stand-in revises twice',
    'revisor',
    outside('revise', 'firebreak'),
    { externalCalls: 1, standinRevises: 1 },
    ['default-deny'],
  ],
  [
    'revisor calls after a stand-in that was not counted',
    'revisor',
    { ...outside('revise'), firebreakFailed: true },
    { standinRevises: 1 },
    ['default-deny'],
  ],
  [
    'a stand-in summarizes twice',
    'summarizer',
    outside('summarize', 'firebreak'),
    { standinSummaries: 1 },
    ['default-deny'],
  ],
  ['summarizer calls', 'summarizer', outside('summarize'), {}, ['default-deny']],
  ['revisor summarizes', 'revisor', local('summarize'), {}, ['default-deny']],
  ['a measure goes outside', 'critic', { action: 'measure', external: true }, {}, ['default-deny']],
  ['a limit is no whole number', 'drafter', search({ ...style, limit: 1.5 }), {}, ['evaluation-error']],
  ['a limit is below nothing', 'drafter', search({ ...style, limit: -5 }), {}, ['default-deny']],
  [
    'the usage is not a number',
    'ideator',
    outside('generate'),
    { externalCalls: Number.NaN },
    ['evaluation-error'],
  ],
  ['the usage is below nothing', 'ideator', outside('generate'), { externalCalls: -1 }, ['evaluation-error']],
  ['the usage overflows', 'drafter', style, { styleSnippets: 2 ** 63 }, ['evaluation-error']],
])('denies: %s', (_name, role, facts, usage, policies) => {
  expect(decide(role, facts, usage)).toMatchObject({ permitted: false, policies, reservation: null });
});

it('says what to reserve', () => {
  expect(decide('critic', outside('generate'), { externalCalls: 1 }).reservation).toEqual({
    budget: 'external_call',
    ordinal: 2,
  });
  expect(decide('critic', retrieve).reservation).toEqual({ budget: 'retrieval', ordinal: 1 });
  expect(decide('critic', local('generate')).reservation).toBeNull();
});

it('has a case above for every policy on asks', () => {
  const policies = governance.describe().policies.filter(({ text }) => !text.includes('Action::"emit"'));
  expect(policies.length).toBeGreaterThan(0);
  for (const { id } of policies) expect(exercised).toContain(id);
});
