import { openAiSettings } from '../../../test/support/openai-settings.js';
import { type Fault, OpenAiStub } from '../../../test/support/openai-stub.js';
import { SystemClock } from '../../shared/index.js';
import { OUTLINE_REQUEST } from '../openai/openai.fixture.js';
import { OpenAiProvider } from '../openai/openai.provider.js';
import type { CallRetry } from '../text-generation.port.js';
import { RetryingProvider } from './retrying.provider.js';

const busy = (seconds: number): Fault => ({
  kind: 'status',
  status: 429,
  headers: { 'retry-after': String(seconds) },
});

describe('RetryingProvider', () => {
  let stub: OpenAiStub;
  let provider: RetryingProvider;
  let retries: CallRetry[];
  const abort = () => new AbortController();
  beforeEach(async () => {
    stub = await OpenAiStub.start();
    provider = new RetryingProvider(new OpenAiProvider(openAiSettings(stub.baseUrl), new SystemClock()), 2);
    retries = [];
  });
  afterEach(() => stub.stop());
  const call = (remainingMs: number, { signal } = abort()) =>
    provider.generate(OUTLINE_REQUEST, {
      signal,
      reservationId: 'reservation-1',
      remainingMs: () => remainingMs,
      onRetry: (retry) => retries.push(retry),
    });

  it('gives the answer of a later attempt, all within one reservation', async () => {
    stub.failNext({ kind: 'status', status: 500 }, { kind: 'reset' }, null);
    expect((await call(60_000)).value.points).toHaveLength(1);
    expect(stub.calls).toHaveLength(3);
    expect([...stub.reservations]).toEqual(['reservation-1']);
    expect(retries.map(({ attempt, code }) => `${attempt} ${code}`)).toEqual([
      '1 provider.overloaded',
      '2 provider.unreachable',
    ]);
  });

  it('waits at least as long as it is told to', async () => {
    stub.failNext(busy(1), null);
    await call(60_000);
    expect(retries).toHaveLength(1);
    expect(retries[0]?.waitMs).toBeGreaterThanOrEqual(1000);
  });

  it('does not begin a wait that the run would not outlast', async () => {
    stub.failNext(busy(2), null);
    await expect(call(2_000)).rejects.toMatchObject({
      code: 'provider.rate_limited',
      retryAfterSeconds: 2,
    });
    expect(stub.calls).toHaveLength(1);
    expect(retries).toEqual([]);
  });

  it('does not wait for hours where no run sets a limit', async () => {
    stub.failNext(busy(3_600), null);
    const options = { signal: abort().signal, reservationId: null };
    await expect(provider.generate(OUTLINE_REQUEST, options)).rejects.toMatchObject({
      retryAfterSeconds: 3_600,
    });
  });

  it('ends its wait when the call is cancelled', async () => {
    const controller = abort();
    stub.failNext(busy(30), null);
    const ended = expect(call(60_000, controller)).rejects.toMatchObject({ code: 'provider.aborted' });
    while (retries.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await ended;
    expect(stub.calls).toHaveLength(1);
  });
});
