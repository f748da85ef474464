import fc from 'fast-check';
import { anOperation, anOptimizer } from '../../test/support/optimizer-values.js';
import { PRESSURES } from '../memory/index.js';
import { STRATEGIES } from '../shared/index.js';
import type { DecidedOperation, OperationLimits } from './operation.js';

type Handle = keyof DecidedOperation<unknown> | keyof OperationLimits;

describe('what the optimizer holds', () => {
  it('has no handle on corpora, role, owner, policy or budget, by type and by value', () => {
    // The compiler refuses this list when a member is added to either contract.
    const handles: Readonly<Record<Handle, true>> = {
      name: true,
      strategy: true,
      key: true,
      signal: true,
      remainingMs: true,
      alternatives: true,
      score: true,
      read: true,
      candidates: true,
    };
    expect(Object.keys(handles).join()).not.toMatch(
      /corp|role|owner|user|actor|polic|budget|reserv|decision/i,
    );
    expect(Object.keys(anOperation()).every((name) => name in handles)).toBe(true);
  });

  it('gives the work limits that are no looser than those of its run, once, and changes nothing', async () => {
    const cases = fc.record({
      enabled: fc.boolean(),
      pressure: fc.constantFrom(...PRESSURES),
      strategy: fc.constantFrom(...STRATEGIES),
      key: fc.constantFrom(null, 'k'),
      leftMs: fc.integer({ min: 1, max: 100_000 }),
      timeboxMs: fc.integer({ min: 1, max: 100_000 }),
      goneMs: fc.integer({ min: 0, max: 100_000 }),
      outcome: fc.constantFrom('value', 'failure'),
      accepts: fc.boolean(),
    });
    const property = fc.asyncProperty(cases, async (given) => {
      const { optimizer, levers, clock } = anOptimizer(given);
      levers.pressure = given.pressure;
      const run = new AbortController();
      const remainingMs = () => Math.max(0, given.leftMs - clock.goneMs);
      const operation = Object.freeze(anOperation({ ...given, signal: run.signal, remainingMs }));
      const seen: OperationLimits[] = [];
      const execute = async (limits: OperationLimits) => {
        seen.push(limits);
        expect(limits.remainingMs()).toBeLessThanOrEqual(remainingMs());
        clock.advance(given.goneMs);
        expect(limits.remainingMs()).toBeLessThanOrEqual(remainingMs());
        run.abort(new Error('over'));
        expect(limits.signal.reason).toEqual(new Error('over'));
        if (given.outcome === 'failure') throw new Error('failed');
        return 'text';
      };
      await optimizer.perform(operation, execute, () => given.accepts).catch(() => {});
      expect(seen).toHaveLength(1);
      expect(Object.isFrozen(seen[0])).toBe(true);
      expect(Object.keys(seen[0]!).sort()).toEqual(['candidates', 'remainingMs', 'signal']);
      expect(seen[0]!.candidates).toBeLessThanOrEqual(given.pressure === 'ok' && given.enabled ? 3 : 1);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('cannot bring back what its recheck refuses, wherever it lies', async () => {
    const property = fc.asyncProperty(fc.scheduler(), fc.nat(5), async (schedule, others) => {
      const { optimizer } = anOptimizer();
      await optimizer.perform(
        anOperation(),
        async () => 'of another policy',
        () => true,
      );
      const may = (value: string) => value !== 'of another policy';
      const execute = async () => {
        await schedule.schedule(Promise.resolve());
        return 'of this policy';
      };
      const asks = Array.from({ length: others + 1 }, () => optimizer.perform(anOperation(), execute, may));
      const all = await schedule.waitFor(Promise.all(asks));
      expect(all.every(({ value }) => value === 'of this policy')).toBe(true);
      expect(await optimizer.recall(anOperation(), (value) => !may(value))).toBeNull();
    });
    await fc.assert(property, { numRuns: 50 });
  });
});
