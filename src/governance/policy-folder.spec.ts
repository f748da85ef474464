import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GovernanceService } from './governance.service.js';

const BUILT_IN = fileURLToPath(new URL('./policies/', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'));
  cpSync(BUILT_IN, folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

const edit = (file: string, from: string | RegExp, to: string) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  writeFileSync(join(folder, file), edited);
};

const unused = { externalCalls: 0, retrievals: 0, standinRevises: 0, standinSummaries: 0, styleSnippets: 0 };

it('takes another folder, and its hash is that of its contents', () => {
  const builtIn = GovernanceService.open(null);
  const copy = GovernanceService.open(folder);
  expect(copy.policyRef()).toEqual(builtIn.policyRef());
  writeFileSync(join(folder, 'notes.txt'), 'not part of the policy');
  expect(GovernanceService.open(folder).policyRef()).toEqual(builtIn.policyRef());
  edit('asks.cedar', 'context.retrievals < 3', 'context.retrievals < 4');
  expect(GovernanceService.open(folder).policyRef().hash).not.toBe(builtIn.policyRef().hash);
});

it('is the only place of the numbers', () => {
  edit(
    'asks.cedar',
    'context.external && context.externalCalls < 1 }',
    'context.external && context.externalCalls < 2 }',
  );
  const ask = { action: 'generate', external: true, sensitiveInRequest: false } as const;
  const used = { ...unused, externalCalls: 1 };
  expect(GovernanceService.open(folder).decide('drafter', ask, used).permitted).toBe(true);
  expect(GovernanceService.open(null).decide('drafter', ask, used).permitted).toBe(false);
});

it('denies where a forbid fails, which Cedar alone would pass over', () => {
  const forbid = `@id("no-sums") forbid (principal, action == Action::"measure", resource)
    when { context.retrievals * 9223372036854775807 < 0 };`;
  writeFileSync(join(folder, 'more.cedar'), forbid);
  const governance = GovernanceService.open(folder);
  const ask = { action: 'measure', external: false } as const;
  expect(governance.decide('critic', ask, { ...unused, retrievals: 1 }).permitted).toBe(true);
  expect(governance.decide('critic', ask, { ...unused, retrievals: 2 })).toMatchObject({
    permitted: false,
    policies: ['evaluation-error'],
  });
  writeFileSync(join(folder, 'more.cedar'), forbid.replace('retrievals', 'limit'));
  expect(() => GovernanceService.open(folder)).toThrow('the policy gave no answer');
});

it('sets what owners may spend in a day, for all and for some', () => {
  const before = GovernanceService.open(folder);
  expect(before.spendLimits().of('mara')).toEqual({ calls: 2_000, tokens: 5_000_000, microUsd: 20_000_000 });
  edit(
    'spend-limits.json',
    '"owners": {}',
    '"owners": { "mara": { "usdPerDay": 0.1, "tokensPerDay": null } }',
  );
  const after = GovernanceService.open(folder);
  expect(after.spendLimits().of('mara')).toEqual({ calls: 2_000, tokens: null, microUsd: 100_000 });
  expect(after.spendLimits().of('constructor')).toEqual(before.spendLimits().of('constructor'));
  expect(after.policyRef().hash).not.toBe(before.policyRef().hash);
  expect(after.describe().spendLimits.owners).toEqual({ mara: { usdPerDay: 0.1, tokensPerDay: null } });
});

it('can turn the stand-in off', () => {
  const ask = {
    action: 'summarize',
    writer: 'firebreak',
    external: true,
    sensitiveInRequest: false,
  } as const;
  expect(GovernanceService.open(folder).decide('summarizer', ask, unused).permitted).toBe(true);
  edit('asks.cedar', /@id\("firebreak-standin"\)[^;]*;/u, '');
  expect(GovernanceService.open(folder).decide('summarizer', ask, unused)).toMatchObject({
    permitted: false,
    policies: ['default-deny'],
  });
});

it.each(['asks.cedar', 'outputs.cedar', 'schema.cedarschema', 'thresholds.json', 'spend-limits.json'])(
  'wants %s',
  (file) => {
    rmSync(join(folder, file));
    expect(() => GovernanceService.open(folder)).toThrow(`lacks ${file}`);
  },
);

it.each<[string, string, string | RegExp, string, string]>([
  ['broken Cedar', 'asks.cedar', 'permit (', 'permit ((', 'asks.cedar: unexpected token'],
  ['an unknown fact', 'asks.cedar', 'context.retrievals', 'context.retrieval', 'critic-retrieve: for policy'],
  ['an unknown role', 'asks.cedar', 'Role::"critic"', 'Role::"editor"', 'critic-search: for policy'],
  ['a policy without an id', 'asks.cedar', '@id("measure-any")', '', 'a policy has no @id'],
  [
    'an id used twice',
    'asks.cedar',
    '@id("measure-any")',
    '@id("emit")',
    'outputs.cedar: two policies have the id emit',
  ],
  [
    'an output rule without severity',
    'outputs.cedar',
    '@severity("major")',
    '',
    'attribution-in-work judges outputs',
  ],
  [
    'an unknown severity',
    'outputs.cedar',
    '@severity("major")',
    '@severity("bad")',
    'attribution-in-work judges outputs',
  ],
  ['a broken schema', 'schema.cedarschema', 'entity Run;', 'entity', 'schema.cedarschema: '],
  [
    'a schema that asks for more',
    'schema.cedarschema',
    'corpus: String,',
    'corpus: String, mood: String,',
    'schema.cedarschema: ',
  ],
  ['broken JSON', 'thresholds.json', '{', '', 'thresholds.json: '],
  ['an unknown score', 'thresholds.json', '"tone"', '"charm"', 'thresholds.json: '],
  ['broken JSON of limits', 'spend-limits.json', '{', '', 'spend-limits.json: it is not JSON'],
  ['a limit below nothing', 'spend-limits.json', '2000', '-1', 'spend-limits.json: '],
  ['a limit that is a text', 'spend-limits.json', '5000000', '"5000000"', 'spend-limits.json: '],
  ['an unknown limit', 'spend-limits.json', 'usdPerDay', 'eurPerDay', 'spend-limits.json: '],
  ['a limit left out', 'spend-limits.json', '"callsPerDay": 2000, ', '', 'spend-limits.json: '],
  [
    'an unknown limit of an owner',
    'spend-limits.json',
    '"owners": {}',
    '"owners": { "mara": { "calls": 1 } }',
    'spend-limits.json: ',
  ],
  ['a score above one', 'thresholds.json', '0.05', '5', 'thresholds.json: '],
])('refuses %s, with the file and the reason', (_name, file, from, to, message) => {
  edit(file, from, to);
  expect(() => GovernanceService.open(folder)).toThrow(
    expect.objectContaining({
      code: 'governance.policy_invalid',
      message: expect.stringContaining(message),
      hint: expect.stringContaining('GOVERNANCE_POLICY_DIR'),
    }),
  );
});

it('refuses a folder that is not there', () => {
  expect(() => GovernanceService.open(join(folder, 'nowhere'))).toThrow('cannot be read (ENOENT)');
});

it('describes every policy and threshold', () => {
  const { policies, thresholds, version, hash } = GovernanceService.open(null).describe();
  expect(policies.find((policy) => policy.id === 'no-contradiction')).toMatchObject({
    effect: 'forbid',
    severity: 'critical',
    text: expect.stringContaining('context.contradiction > 0'),
  });
  expect(thresholds.roles.summarizer.grounding).toBe(0.8);
  expect(version).toBe('2');
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
});
