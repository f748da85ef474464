import { CountedEngine, localEngine } from '../../test/support/counted-engine.js';
import { anOptimizer } from '../../test/support/optimizer-values.js';
import { aRequest, aSearchResult, aSnippet } from '../../test/support/pipeline-values.js';
import { MemoryLedger } from '../../test/support/providers.js';
import { aRunContext, aStageRunner } from '../../test/support/stage-runner.js';
import type { ReservedCall } from '../governance/index.js';
import { ProviderDirectory } from '../provider/index.js';
import { AppError, plainText, type Role } from '../shared/index.js';
import { EarlierCalls } from './call-ends.js';
import { type AskEntry, Journal, type JournalEntry, soundLength } from './journal.js';
import { runCorridor } from './run.js';

const FOUND = [
  aSnippet(
    's1',
    'I decided on 14 September to heat the greenhouse with a hotbed. The cable costs £190 a winter.',
  ),
  aSnippet(
    's2',
    'The greenhouse heating was the dearest thing we owned. I decided against the paraffin stove.',
  ),
];
/** What the default policy lets each role call outside in one run. */
const CALLS: Readonly<Record<Role, number>> = {
  ideator: 2,
  drafter: 1,
  critic: 2,
  revisor: 1,
  summarizer: 1,
};

interface Left {
  readonly journal: readonly JournalEntry[];
  readonly calls: readonly ReservedCall[];
}

const NOTHING: Left = { journal: [], calls: [] };

/** A run through the real roles, policies and engine, going on from what an earlier attempt left. */
async function pass(
  isExternal: boolean,
  { journal: earlier, calls }: Left = NOTHING,
  { optimizer } = anOptimizer({ enabled: false }),
) {
  const done: string[] = [];
  const search = {
    search: async ({ corpus }: { corpus: string }) => {
      done.push(`search ${corpus}`);
      return aSearchResult(FOUND, ['decid', 'greenhous', 'heat']);
    },
  };
  const local = await localEngine();
  const primary = new CountedEngine(local, isExternal, done);
  const directory = new ProviderDirectory({
    primary,
    firebreak: primary,
    local: new CountedEngine(local, false, done),
  });
  const ledger = new MemoryLedger();
  const journal = new Journal(earlier);
  const name = isExternal ? 'openai' : 'mvlm';
  const request = aRequest({
    corpora: ['personal', 'social'],
    writers: { primary: name, firebreak: name, local: 'mvlm' },
  });
  const run = aRunContext(request, { journal, earlierCalls: new EarlierCalls(calls) });
  const { work, state } = await runCorridor(aStageRunner({ search, directory, ledger, optimizer }), run);
  journal.assertUsedUp();
  return {
    text: plainText(work.text),
    state,
    done,
    entries: stored(journal.all()),
    reserved: ledger.reserved,
    run,
  };
}

/** As it comes back from the database. */
const stored = (entries: readonly JournalEntry[]) => JSON.parse(JSON.stringify(entries)) as JournalEntry[];
const asks = (entries: readonly JournalEntry[]) =>
  entries.filter((entry) => entry.kind === 'ask') as AskEntry[];
const callOf = ({ role, decision }: AskEntry): ReservedCall[] =>
  decision.reservation === null ? [] : [{ role, ...decision.reservation }];

describe.each([
  ['with the local engine', false],
  ['with calls outside', true],
])('a run that goes on after a crash, %s', (_name, isExternal) => {
  let whole: Awaited<ReturnType<typeof pass>>;
  beforeAll(async () => {
    whole = await pass(isExternal);
  });

  it('ends with the same text and journal wherever it broke off, and does nothing again that was recorded', async () => {
    expect(whole.state).toBe('succeeded');
    expect(whole.text).toContain('hotbed');
    expect(asks(whole.entries).flatMap(callOf).length > 0).toBe(isExternal);
    for (const length of whole.entries.keys()) {
      const journal = whole.entries.slice(0, length);
      const resumed = await pass(isExternal, { journal, calls: asks(journal).flatMap(callOf) });
      expect(resumed.text).toBe(whole.text);
      expect(withoutTimes(resumed.entries)).toEqual(withoutTimes(whole.entries));
      const before = asks(journal).filter(({ facts }) => facts.action !== 'measure').length;
      expect(resumed.done).toEqual(whole.done.slice(before));
      const roles = resumed.run.records.map(({ role, externalCalls }) => [role, externalCalls]);
      expect(roles).toEqual(whole.run.records.map(({ role, externalCalls }) => [role, externalCalls]));
      expect(resumed.reserved.length).toBe(whole.reserved.length - asks(journal).flatMap(callOf).length);
    }
  });

  it('keeps to its budget, however often its calls were lost', async () => {
    const outside = whole.entries.flatMap((entry, at) =>
      entry.kind === 'ask' && callOf(entry).length > 0 ? [at] : [],
    );
    expect(outside.length > 0).toBe(isExternal);
    for (const at of outside) {
      const journal = whole.entries.slice(0, at);
      const calls = asks(whole.entries.slice(0, at + 1)).flatMap(callOf);
      const { role } = whole.entries[at]!;
      while (calls.filter((call) => call.role === role).length < CALLS[role] + 1) {
        const resumed = await pass(isExternal, { journal, calls });
        expect(resumed.state).toBe('succeeded');
        const spent = [...calls, ...resumed.reserved].filter((call) => call.role === role);
        expect(spent.length).toBeLessThanOrEqual(CALLS[role]);
        expect(new Set(spent.map(({ ordinal }) => ordinal)).size).toBe(spent.length);
        const record = resumed.run.records.find((each) => each.role === role);
        expect(record).toMatchObject({ externalCalls: spent.length });
        // What its last attempt recorded is enough for the next one to count the same.
        const again = await pass(isExternal, {
          journal: resumed.entries,
          calls: [...calls, ...resumed.reserved],
        });
        expect(again.run.records.map(({ externalCalls }) => externalCalls)).toEqual(
          resumed.run.records.map(({ externalCalls }) => externalCalls),
        );
        expect([...again.done, ...again.reserved]).toEqual([]);
        // It crashes once more in the same place.
        calls.push({
          role,
          budget: 'external_call',
          ordinal: calls.filter((call) => call.role === role).length + 1,
        });
      }
    }
  });

  it('ends where it would go another way', async () => {
    const diverged = { code: 'pipeline.resume_diverged', retryable: true };
    const gone = whole.entries.toSpliced(1, 1);
    await expect(pass(isExternal, { journal: gone, calls: [] })).rejects.toMatchObject(diverged);
    const check = whole.entries.findIndex((entry) => entry.kind === 'check');
    const judged = whole.entries.with(check, { ...whole.entries[check]!, outputHash: '0' } as JournalEntry);
    await expect(pass(isExternal, { journal: judged, calls: [] })).rejects.toMatchObject(diverged);
    const longer = [...whole.entries, whole.entries[0]!];
    await expect(pass(isExternal, { journal: longer, calls: [] })).rejects.toBeInstanceOf(AppError);
  });
});

const placeOf = ({ role, ordinal }: ReservedCall) => `${role} ${ordinal}`;

function withoutTimes(entries: readonly JournalEntry[]) {
  return entries.map((entry) => ({ ...entry, durationMs: 0 }));
}

it('counts nothing for recorded answers that were there already', async () => {
  const bench = anOptimizer({ cacheTtlMs: 60_000 });
  const first = await pass(true, NOTHING, bench);
  const kept = await pass(true, NOTHING, bench);
  expect(kept.reserved).toEqual([]);
  for (const length of kept.entries.keys()) {
    const resumed = await pass(true, { journal: kept.entries.slice(0, length), calls: [] });
    expect(resumed.text).toBe(first.text);
    const rest = first.reserved.slice(first.reserved.length - resumed.reserved.length);
    expect(resumed.reserved.map(placeOf)).toEqual(rest.map(placeOf));
  }
});

describe('soundLength', () => {
  const ask = (role: Role, status: 'done' | 'failed') =>
    ({ kind: 'ask', role, answer: { status } }) as AskEntry;
  const check = (role: Role) => ({ kind: 'check', role }) as JournalEntry;

  it.each([
    [[], 0],
    [[ask('ideator', 'done')], 1],
    [[ask('ideator', 'failed'), check('ideator'), ask('drafter', 'done')], 3],
    [[ask('ideator', 'failed'), check('ideator')], 2],
    [[check('ideator'), ask('drafter', 'done'), ask('drafter', 'failed'), ask('drafter', 'done')], 2],
    [[ask('critic', 'failed'), check('critic'), ask('revisor', 'failed')], 2],
  ] as const)('leaves out what the last role met with: %#', (entries, length) => {
    expect(soundLength(entries)).toBe(length);
  });
});
