import { anOperation, anOptimizer } from '../../test/support/optimizer-values.js';

describe('the overview', () => {
  it('tells settings, figures and the latest choices, and names no user and no text', async () => {
    const { optimizer, overview, levers, clock } = anOptimizer();
    const execute = async () => {
      clock.advance(250);
      return 'a secret text';
    };
    await optimizer.perform(anOperation({ key: 'secret-key' }), execute, () => true);
    levers.pressure = 'warn';
    await optimizer.perform(anOperation({ key: 'secret-key', strategy: 'quality' }), execute, () => true);
    const read = overview.read();
    expect(read).toEqual({
      settings: {
        enabled: true,
        strategy: 'balanced',
        timebox_ms: 20_000,
        cache: { enabled: true, ttl_ms: 1_000 },
        gate: { min_tone: 0, min_style: 0, min_overall: 0, enforce: false },
      },
      pressure: 'warn',
      still_running: 0,
      operations: [
        {
          op: 'generate',
          results: { executed: 1, cached: 1 },
          strategies: { balanced: 1, speed: 1 },
          timeboxes_hit: 0,
          gate_refusals: 0,
          latency: { samples: 1, p50_ms: 250, p95_ms: 250 },
          qa: { samples: 0, mean: null },
        },
      ],
      choices: [
        {
          at: '2026-11-22T00:00:00.250Z',
          op: 'generate',
          strategy: 'speed',
          requested: 'quality',
          reason: 'memory pressure warn',
          result: 'cached',
          source: 'cached',
          duration_ms: 0,
        },
        {
          at: '2026-11-22T00:00:00.250Z',
          op: 'generate',
          strategy: 'balanced',
          requested: 'balanced',
          reason: 'as requested',
          result: 'executed',
          source: 'executed',
          duration_ms: 250,
        },
      ],
    });
    expect(JSON.stringify(read)).not.toContain('secret');
  });
});
