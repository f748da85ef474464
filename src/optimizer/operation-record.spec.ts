import { HandClock } from '../../test/support/optimizer-values.js';
import { Metrics } from '../telemetry/index.js';
import { OperationRecord } from './operation-record.js';

function open() {
  const clock = new HandClock();
  const metrics = new Metrics();
  return { clock, metrics, record: new OperationRecord(clock, metrics) };
}

const CHOICE = {
  op: 'generate',
  strategy: 'speed',
  requested: 'balanced',
  reason: 'memory pressure warn',
  result: 'executed',
  durationMs: 1_500,
} as const;

describe('OperationRecord', () => {
  it('knows nothing of what never ran', () => {
    expect(open().record.experience('revise')).toEqual({
      samples: 0,
      meanMs: null,
      p95Ms: null,
      scored: 0,
      meanQa: null,
    });
  });

  it('weighs the newest duration at a fifth', () => {
    const { record } = open();
    record.executed('generate', 100);
    expect(record.experience('generate')).toMatchObject({ samples: 1, meanMs: 100, p95Ms: 100 });
    record.executed('generate', 200);
    expect(record.experience('generate')).toMatchObject({ samples: 2, meanMs: 120, p95Ms: 200 });
    expect(record.experience('search').samples).toBe(0);
  });

  it('forgets the oldest durations, scores and choices', () => {
    const { record, clock } = open();
    for (let each = 0; each < 1_000; each++) {
      record.executed('generate', each);
      record.scored('generate', each < 500 ? 0 : 1);
      clock.advance(1);
      record.ended({ ...CHOICE, durationMs: each });
    }
    expect(record.experience('generate')).toMatchObject({ samples: 256, scored: 64, meanQa: 1 });
    expect(record.figures()[0]!.p50Ms).toBe(871);
    expect(record.latest().map(({ durationMs }) => durationMs)).toEqual(
      Array.from({ length: 50 }, (_, at) => 999 - at),
    );
  });

  it('counts by result and by strategy, and tells the metrics in seconds', async () => {
    const { record, metrics } = open();
    record.ended(CHOICE);
    record.ended({ ...CHOICE, result: 'timebox' });
    record.ended({ ...CHOICE, strategy: 'quality', result: 'gate' });
    expect(record.figures()).toMatchObject([
      {
        op: 'generate',
        byResult: { executed: 1, timebox: 1, gate: 1 },
        byStrategy: { speed: 2, quality: 1 },
      },
    ]);
    const text = await metrics.text();
    expect(text).toContain('mcg_optimizer_requests_total{op="generate",strategy="speed",result="timebox"} 1');
    expect(text).toContain('mcg_optimizer_latency_seconds_sum{op="generate",strategy="quality"} 1.5');
  });
});
