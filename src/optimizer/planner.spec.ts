import fc from 'fast-check';
import { anOptimizer, optimizerSettings } from '../../test/support/optimizer-values.js';
import { PRESSURES } from '../memory/index.js';
import { STRATEGIES } from '../shared/index.js';

describe('the plan of a run', () => {
  it.each([
    [
      'speed',
      { optionalAsks: false, critiqueBy: 'local', candidates: 1, draftWordsFactor: 1, contextShare: 0.5 },
    ],
    [
      'balanced',
      { optionalAsks: true, critiqueBy: 'primary', candidates: 1, draftWordsFactor: 2, contextShare: 1 },
    ],
    [
      'quality',
      { optionalAsks: true, critiqueBy: 'primary', candidates: 3, draftWordsFactor: 2, contextShare: 1 },
    ],
  ] as const)('%s is what was requested', (strategy, shape) => {
    const plan = anOptimizer().optimizer.plan(strategy);
    expect(plan).toEqual({
      ...shape,
      strategy,
      requested: strategy,
      reason: 'as requested',
      gate: optimizerSettings().gate,
      pressure: 'ok',
    });
  });

  it.each(STRATEGIES.flatMap((requested) => (['warn', 'limit'] as const).map((level) => [requested, level])))(
    'is speed over %s at pressure %s, with the optimizer on or off',
    (requested, level) => {
      for (const enabled of [true, false]) {
        const { optimizer, levers } = anOptimizer({ enabled });
        levers.pressure = level as 'warn' | 'limit';
        expect(optimizer.plan(requested as 'speed')).toMatchObject({
          strategy: 'speed',
          requested,
          reason: `memory pressure ${level}`,
          optionalAsks: false,
        });
      }
    },
  );

  it('is balanced for adaptive as long as nothing is known, and speed once runs do not fit their time', () => {
    const { optimizer, record } = anOptimizer();
    expect(optimizer.plan('adaptive')).toMatchObject({ strategy: 'balanced', requested: 'adaptive' });
    for (let run = 0; run < 8; run++) record.executed('generate', 20_001);
    expect(optimizer.plan('adaptive')).toMatchObject({ strategy: 'speed', requested: 'adaptive' });
  });

  it.each(STRATEGIES)('with the optimizer off is balanced whatever was requested: %s', (requested) => {
    const plan = anOptimizer({ enabled: false }).optimizer.plan(requested);
    expect(plan).toMatchObject({ strategy: 'balanced', requested, reason: 'the optimizer is off' });
  });

  it('takes the configured strategy where none was requested', () => {
    const plan = anOptimizer({ strategy: 'quality' }).optimizer.plan(null);
    expect(plan).toMatchObject({ strategy: 'quality', requested: 'quality' });
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(anOptimizer().optimizer.plan('quality'))).toBe(true);
  });
});

describe('the plan of an operation', () => {
  it.each([
    ['generate', 'quality', 3],
    ['revise', 'quality', 3],
    ['summarize', 'quality', 3],
    ['search', 'quality', 1],
    ['measure', 'quality', 1],
    ['retrieve', 'quality', 1],
    ['generate', 'balanced', 1],
    ['generate', 'speed', 1],
  ] as const)('%s under %s has %d candidates', (op, strategy, candidates) => {
    const plan = anOptimizer().planner.forOperation(op, strategy, 60_000);
    expect(plan).toEqual({ strategy, reason: 'as requested', pressure: 'ok', candidates });
  });

  it('is the same for the same history, and speed under any pressure', () => {
    const cases = fc.tuple(
      fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 20 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }),
      fc.integer({ min: 0, max: 120_000 }),
      fc.constantFrom(...PRESSURES),
      fc.constantFrom(...STRATEGIES),
    );
    fc.assert(
      fc.property(cases, ([durations, qas, remainingMs, pressure, requested]) => {
        const [first, second] = [anOptimizer(), anOptimizer()].map(({ planner, record, levers }) => {
          levers.pressure = pressure;
          for (const each of durations) record.executed('generate', each);
          for (const each of qas) record.scored('generate', each);
          return planner.forOperation('generate', requested, remainingMs);
        });
        expect(first).toEqual(second);
        if (pressure !== 'ok') expect(first).toMatchObject({ strategy: 'speed', candidates: 1, pressure });
        else if (requested !== 'adaptive') expect(first!.strategy).toBe(requested);
      }),
      { numRuns: 60 },
    );
  });
});
