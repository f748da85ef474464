import { setTimeout as sleep } from 'node:timers/promises';
import { openAiSettings } from '../../../test/support/openai-settings.js';
import { type Fault, OpenAiStub } from '../../../test/support/openai-stub.js';
import { AppError, SystemClock } from '../../shared/index.js';
import { createOpenAiProvider } from '../openai/openai.factory.js';
import { OUTLINE_REQUEST } from '../openai/openai.fixture.js';

const CALLS = 200;
const CONCURRENCY = 32;
const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
  { kind: 'reset' },
  { kind: 'half_body' },
  { kind: 'body', body: '{"choices": [' },
];

/** The same sequence on every machine (a linear congruential generator). */
function* chance(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    yield state / 4_294_967_296;
  }
}

describe('RemoteProvider', () => {
  it('settles every call when one in five fails at random, and keeps no socket', async () => {
    const stub = await OpenAiStub.start();
    const random = chance(7);
    const next = () => random.next().value;
    stub.faultFor = () => (next() < 0.2 ? (FAULTS[Math.floor(next() * FAULTS.length)] ?? null) : null);
    const settings = openAiSettings(stub.baseUrl, {
      requestsPerMinute: 100_000,
      tokensPerMinute: 100_000_000,
    });
    const provider = createOpenAiProvider(settings, { clock: new SystemClock() });
    const outcomes = new Map<string, number>();
    let begun = 0;
    const worker = async () => {
      while (begun < CALLS) {
        const reservationId = `reservation-${begun++}`;
        const options = { signal: new AbortController().signal, reservationId };
        const outcome = await provider.generate(OUTLINE_REQUEST, options).then(
          ({ value }) => `${value.points.length} point`,
          (error: unknown) => (error instanceof AppError ? error.code : String(error)),
        );
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));

    const known = [
      '1 point',
      'provider.invalid_output',
      'provider.overloaded',
      'provider.unreachable',
      'provider.rate_limited',
    ];
    expect([...outcomes.keys()].filter((outcome) => !known.includes(outcome))).toEqual([]);
    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(CALLS);
    expect(outcomes.get('1 point')).toBeGreaterThan(CALLS * 0.9);
    expect(stub.reservations.size).toBe(CALLS);
    expect(stub.calls.length).toBeGreaterThan(CALLS);
    expect(provider.circuit()).toBe('closed');
    // What is left are connections kept for the next call: one for each that was made at once.
    while (stub.openSockets > CONCURRENCY) await sleep(5);
    await stub.stop();
  });

  it('shows an endpoint that is down, and asks it itself when probed', async () => {
    const stub = await OpenAiStub.start();
    stub.faultFor = () => ({ kind: 'status', status: 500 });
    const settings = openAiSettings(stub.baseUrl, { maxRetries: 0 });
    const provider = createOpenAiProvider(settings, { clock: new SystemClock() });
    const { signal } = new AbortController();
    for (let count = 0; count < 10; count++)
      await expect(provider.generate(OUTLINE_REQUEST, { signal, reservationId: null })).rejects.toThrow();
    expect(provider.circuit()).toBe('open');
    await provider.probe(signal);
    await stub.stop();
  });
});
