import fc from 'fast-check';
import { aPack, aRequest, aSnippet, cited } from '../../test/support/pipeline-values.js';
import { CountingProvider } from '../../test/support/providers.js';
import { aRunContext, aStageRunner } from '../../test/support/stage-runner.js';
import { ProviderDirectory } from '../provider/index.js';
import { AppError, ROLES, type Role } from '../shared/index.js';
import { type Ask, all, ask, type StageProgram } from './asks.js';
import type { StageOutput } from './stage.js';
import { newWork, type Work } from './work.js';

const PACK = aPack([aSnippet('s1', 'The hotbed heats the greenhouse.')]);
const TEXT = cited(['The hotbed heats the greenhouse.', 's1']);
const FRAME = { prompt: 'p', mode: 'chat', tone: 'neutral', style: 'concise', snippets: [] } as const;
const WORK = newWork(aRequest());

/** The table of the default policy: external calls a run. A stand-in's call is the firebreak's own. */
const EXTERNAL_CALLS: Readonly<Record<Role, number>> = {
  ideator: 2,
  drafter: 1,
  critic: 2,
  revisor: 1,
  summarizer: 1,
};

const writer = fc.constantFrom('primary', 'firebreak', 'local');
const anAsk: fc.Arbitrary<Ask> = fc.oneof(
  fc.record({
    type: fc.constant('generate'),
    writer,
    request: fc.constant({ ...FRAME, task: 'critique', draft: TEXT } as const),
  }),
  fc.record({
    type: fc.constant('revise'),
    writer,
    request: fc.constant({ ...FRAME, text: TEXT, notes: [] }),
  }),
  fc.record({
    type: fc.constant('summarize'),
    writer,
    request: fc.constant({ ...FRAME, text: TEXT, maxWords: 9 }),
  }),
  fc.record({
    type: fc.constant('search'),
    corpus: fc.constantFrom('personal', 'social', 'published'),
    text: fc.constant('x'),
    limit: fc.integer({ min: 1, max: 6 }),
    purpose: fc.constantFrom('context', 'style'),
  }),
  fc.record({ type: fc.constant('retrieve'), host: fc.constant('example.org'), query: fc.constant('x') }),
  fc.constant<Ask>({ type: 'measure', pack: PACK, output: TEXT, keywords: [] }),
) as fc.Arbitrary<Ask>;

/** Counts what is really searched; a stage has no other way to it. */
class CountingSearch {
  readonly calls: { corpus: string; limit: number }[] = [];

  async search(query: { corpus: string; limit: number }) {
    this.calls.push(query);
    return { hits: [], terms: [] };
  }
}

function bench(isExternal: boolean) {
  const provider = new CountingProvider(isExternal);
  const local = new CountingProvider(false);
  const search = new CountingSearch();
  const directory = new ProviderDirectory({ primary: provider, firebreak: provider, local });
  const runner = aStageRunner({ search, directory });
  return { provider, local, search, runner };
}

const context = (signal?: AbortSignal) => aRunContext(aRequest(), signal && { signal });

const output: StageOutput = { work: { ...WORK, outcome: 'insufficient_context' }, fallback: null };

/** A stage without manners: asks for whatever it is given, alone or all at once. */
const greedy = (role: Role, groups: readonly (readonly Ask[])[]) => ({
  role,
  *run(): StageProgram<StageOutput> {
    for (const group of groups) {
      if (group.length === 1 && group[0]) yield* ask(group[0]);
      else yield* all(group);
    }
    return output;
  },
});

describe('StageRunner', () => {
  it('gives no role more than its policy, whatever its stage asks for, alone or side by side', async () => {
    const groups = fc.array(fc.array(anAsk, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ROLES), groups, fc.boolean(), async (role, asked, isExternal) => {
        const { provider, search, runner } = bench(isExternal);
        const run = context();
        await runner.run(greedy(role, asked), WORK, run).catch((error) => {
          // A permitted retrieve ends here: there is no reference source.
          expect(error).toBeInstanceOf(AppError);
        });
        const calls = provider.reservations.get(role) ?? [];
        if (isExternal) {
          expect(calls.length).toBeLessThanOrEqual(EXTERNAL_CALLS[role]);
          expect(calls.every((id) => id !== null)).toBe(true);
          expect(new Set(calls).size).toBe(calls.length);
        } else expect(calls.every((id) => id === null)).toBe(true);
        if (role === 'revisor' || role === 'summarizer') expect(search.calls).toEqual([]);
        if (role === 'drafter') {
          expect(search.calls.every((call) => call.corpus !== 'personal')).toBe(true);
          expect(search.calls.reduce((sum, call) => sum + call.limit, 0)).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('journals a denial with its policy and tells the stage', async () => {
    const { runner } = bench(false);
    const run = context();
    const asked: Ask = { type: 'search', corpus: 'personal', text: 'x', limit: 1, purpose: 'context' };
    const seen: unknown[] = [];
    await runner.run(
      {
        role: 'summarizer',
        *run() {
          seen.push(yield* ask(asked));
          return output;
        },
      },
      WORK,
      run,
    );
    expect(seen).toMatchObject([{ status: 'denied', policies: ['firebreak-no-search'] }]);
    expect(run.journal.all()).toMatchObject([
      { kind: 'ask', role: 'summarizer', decision: { permitted: false, policies: ['firebreak-no-search'] } },
    ]);
  });

  /** A stage that asks for nothing and hands on what it likes. */
  const handing = (role: Role, work: Work) => ({
    role,
    // biome-ignore lint/correctness/useYield: a stage may have nothing to ask
    *run(): StageProgram<StageOutput> {
      return { work, fallback: null };
    },
  });
  const before = { ...newWork(aRequest()), pack: PACK, text: TEXT };
  const invented = cited(['The hotbed heats the greenhouse to 40 degrees.', 's1']);

  it('holds a text that adds a claim behind the firebreak', async () => {
    const { runner } = bench(false);
    const run = context();
    const { verdict } = await runner.run(handing('revisor', { ...before, text: invented }), before, run);
    expect(verdict.outcome).toBe('critical');
    expect(verdict.policies).toContain('firebreak-adds-nothing');
    expect(run.records).toMatchObject([{ role: 'revisor', result: 'held' }]);
  });

  it('judges against what the role was handed, whatever the stage makes of it', async () => {
    const { runner } = bench(false);
    const foreign = aPack([aSnippet('s1', 'The hotbed heats the greenhouse to 40 degrees.')]);
    const brought = { ...before, pack: foreign, text: invented };
    const { verdict, work } = await runner.run(handing('summarizer', brought), before, context());
    expect(verdict.outcome).toBe('critical');
    expect(work.pack).toBe(PACK);
    const escaped: Work = { ...before, text: invented, outcome: 'insufficient_context' };
    const tried = await runner.run(handing('summarizer', escaped), before, context());
    expect(tried.verdict.outcome).toBe('critical');
  });

  it('takes no snippet that no search found, and no words for having found nothing', async () => {
    const { runner } = bench(false);
    const nothing = newWork(aRequest());
    const smuggling = handing('ideator', { ...nothing, pack: PACK, text: TEXT });
    await expect(runner.run(smuggling, nothing, context())).rejects.toThrow('no search found');
    const talking = handing('ideator', { ...nothing, text: invented, outcome: 'insufficient_context' });
    const { work } = await runner.run(talking, nothing, context());
    expect(work.text[0]?.text).toMatch(/^I found nothing in your personal corpus/);
  });

  it('stops between two asks when its run is over', async () => {
    const { runner } = bench(false);
    const stop = new AbortController();
    const over = new AppError('pipeline.timebox_exceeded', 'timeout', 'over');
    const measure: Ask = { type: 'measure', pack: PACK, output: TEXT, keywords: [] };
    const stage = {
      role: 'critic' as const,
      *run(): StageProgram<StageOutput> {
        yield* ask(measure);
        stop.abort(over);
        yield* ask(measure);
        return output;
      },
    };
    const run = context(stop.signal);
    await expect(runner.run(stage, WORK, run)).rejects.toBe(over);
    expect(run.journal.all()).toHaveLength(1);
  });
});
