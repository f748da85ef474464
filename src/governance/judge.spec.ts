import type { Finding, FindingKind, QaReport } from '../qa/index.js';
import { ROLES, type Role } from '../shared/index.js';
import { GovernanceService } from './governance.service.js';

const governance = GovernanceService.open(null);
const exercised = new Set<string>();

const finding = (kind: FindingKind): Finding => ({
  kind,
  sentence: 0,
  span: null,
  evidence: 'x',
  message: 'y',
});
const report = (kinds: FindingKind[], scores: Partial<QaReport['scores']> = {}): QaReport => ({
  scores: {
    coverage: 1,
    grounding: 1,
    tone: 1,
    style: null,
    diversity: 1,
    qa: 1,
    voiceMatch: null,
    ...scores,
  },
  findings: kinds.map(finding),
  support: [],
  manner: [],
  condensation: null,
});
const judge = (role: Role, judged: QaReport) => {
  const verdict = governance.judge(role, judged);
  for (const id of verdict.policies) exercised.add(id);
  return verdict;
};

it.each(ROLES)('passes a clean output of the %s', (role) => {
  expect(judge(role, report([]))).toEqual({ outcome: 'pass', policies: ['emit'], findings: [], missed: [] });
});

it.each<[Role, FindingKind, string, string]>([
  ['drafter', 'unattributed', 'major', 'attribution-in-work'],
  ['summarizer', 'unattributed', 'critical', 'attribution-kept'],
  ['drafter', 'ungrounded', 'major', 'sentences-grounded'],
  ['revisor', 'invented', 'critical', 'firebreak-adds-nothing'],
  ['summarizer', 'omitted', 'critical', 'summary-drops-no-condition'],
  ['summarizer', 'ungrounded', 'critical', 'summary-grounded'],
  ['summarizer', 'keyword_outside_text', 'critical', 'keywords-from-text'],
  ['drafter', 'sensitive', 'critical', 'no-secrets-out'],
  ['ideator', 'planted_instruction', 'critical', 'no-planted-instructions'],
  ['ideator', 'contradiction', 'major', 'no-contradiction-in-outline'],
  ['critic', 'contradiction', 'critical', 'no-contradiction'],
])('%s, %s: %s', (role, kind, outcome, policy) => {
  expect(judge(role, report([kind]))).toEqual({
    outcome,
    policies: [policy],
    findings: [finding(kind)],
    missed: [],
  });
});

it.each<[Role, FindingKind]>([
  ['drafter', 'invented'],
  ['revisor', 'omitted'],
  ['ideator', 'sensitive'],
  ['critic', 'sensitive'],
])('%s may have %s', (role, kind) => {
  expect(judge(role, report([kind])).outcome).toBe('pass');
});

it('tells a slight miss from a clear one, at the margin and beyond', () => {
  expect(judge('drafter', report([], { tone: 0.4 })).outcome).toBe('pass');
  expect(judge('drafter', report([], { tone: 0.35 }))).toMatchObject({
    outcome: 'minor',
    policies: ['score-slightly-missed'],
    missed: [{ score: 'tone', shortfall: 0.05 }],
  });
  expect(judge('drafter', report([], { tone: 0.349 }))).toMatchObject({
    outcome: 'major',
    policies: ['scores-missed'],
  });
  expect(judge('drafter', report([], { tone: 0.39, diversity: 0.49 })).outcome).toBe('major');
  expect(judge('drafter', report([], { coverage: 0 })).outcome).toBe('pass');
});

it('lets the worst breach decide and names all of them', () => {
  const verdict = judge(
    'summarizer',
    report(['keyword_outside_text', 'invented', 'sensitive'], { tone: 0.39 }),
  );
  expect(verdict.outcome).toBe('critical');
  expect(verdict.policies).toEqual([
    'firebreak-adds-nothing',
    'keywords-from-text',
    'no-secrets-out',
    'score-slightly-missed',
  ]);
  expect(verdict.findings).toHaveLength(3);
});

it.each([
  ['a score that is no number', report([], { grounding: Number.NaN })],
  ['a score above 1', report([], { tone: 1.1 })],
  ['no scores', { findings: [], support: [] } as unknown as QaReport],
  ['nothing', {} as QaReport],
])('holds what it cannot judge: %s', (_name, broken) => {
  expect(judge('summarizer', broken)).toEqual({
    outcome: 'critical',
    policies: ['evaluation-error'],
    findings: [],
    missed: [],
  });
});

it('has a case above for every output rule', () => {
  const rules = governance
    .describe()
    .policies.filter((policy) => policy.severity !== undefined || policy.id === 'emit');
  for (const { id } of rules) expect(exercised).toContain(id);
});

it('asks of a mode what the policy says of it, only of the roles whose text is delivered', () => {
  const strange = report([], { voiceMatch: 0.01 });
  expect(governance.judge('summarizer', strange, 'voice')).toMatchObject({
    outcome: 'minor',
    missed: [{ score: 'voiceMatch', shortfall: 0.04 }],
  });
  expect(governance.judge('summarizer', strange, 'chat').outcome).toBe('pass');
  expect(governance.judge('ideator', strange, 'voice').outcome).toBe('pass');
});

it('asks nothing of a tone, style or voice that could not be measured', () => {
  const foreign = report([], { tone: null, style: null, voiceMatch: null });
  expect(governance.judge('drafter', foreign, 'voice').outcome).toBe('pass');
});
