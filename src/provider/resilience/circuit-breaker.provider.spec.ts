import { setTimeout as sleep } from 'node:timers/promises';
import { openAiSettings } from '../../../test/support/openai-settings.js';
import { type Fault, OpenAiStub } from '../../../test/support/openai-stub.js';
import { SystemClock } from '../../shared/index.js';
import { OUTLINE_REQUEST } from '../openai/openai.fixture.js';
import { OpenAiProvider } from '../openai/openai.provider.js';
import { CircuitBreakerProvider } from './circuit-breaker.provider.js';

const OPEN_FOR_MS = 60;
const OPENING_CALLS = 10;

describe('CircuitBreakerProvider', () => {
  let stub: OpenAiStub;
  let provider: CircuitBreakerProvider;
  beforeEach(async () => {
    stub = await OpenAiStub.start();
    const clock = new SystemClock();
    provider = new CircuitBreakerProvider(
      new OpenAiProvider(openAiSettings(stub.baseUrl), clock),
      clock,
      OPEN_FOR_MS,
    );
  });
  afterEach(() => stub.stop());

  const call = (signal = new AbortController().signal) =>
    provider.generate(OUTLINE_REQUEST, { signal, reservationId: null });
  const codeOf = async (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  async function failing(fault: Fault, times: number): Promise<void> {
    stub.faultFor = () => fault;
    for (let count = 0; count < times; count++) await codeOf(call());
    stub.faultFor = () => null;
  }
  const down: Fault = { kind: 'status', status: 500 };

  it('opens for an endpoint that is down, and then refuses without calling it', async () => {
    await failing(down, OPENING_CALLS - 1);
    expect(provider.state()).toBe('closed');
    await failing(down, 1);
    expect(provider.state()).toBe('open');
    await expect(call()).rejects.toMatchObject({
      code: 'provider.circuit_open',
      kind: 'unavailable',
      retryAfterSeconds: 1,
    });
    expect(stub.calls).toHaveLength(OPENING_CALLS);
  });

  it('stays closed for faults that say nothing of the endpoint', async () => {
    await failing({ kind: 'status', status: 429 }, OPENING_CALLS);
    await failing({ kind: 'status', status: 400 }, OPENING_CALLS);
    await failing({ kind: 'body', body: '{' }, OPENING_CALLS);
    expect(provider.state()).toBe('closed');
  });

  it('lets one call try after a while, and closes when that one succeeds', async () => {
    await failing(down, OPENING_CALLS);
    await sleep(OPEN_FOR_MS + 10);
    stub.failNext({ kind: 'delay', ms: 50 });
    const trial = call();
    while (stub.calls.length === OPENING_CALLS) await sleep(2);
    expect(provider.state()).toBe('half_open');
    expect(await codeOf(call())).toBe('provider.circuit_open');
    expect(await codeOf(trial)).toBe('done');
    expect(provider.state()).toBe('closed');
    expect(stub.calls).toHaveLength(OPENING_CALLS + 1);
  });

  it('stays open after a trial that fails, and after one that was cancelled', async () => {
    await failing(down, OPENING_CALLS);
    await sleep(OPEN_FOR_MS + 10);
    await failing(down, 1);
    expect(provider.state()).toBe('open');
    await sleep(OPEN_FOR_MS + 10);
    stub.failNext({ kind: 'hang' });
    const abort = new AbortController();
    const trial = codeOf(call(abort.signal));
    while (stub.calls.length < OPENING_CALLS + 2) await sleep(2);
    abort.abort();
    expect(await trial).toBe('provider.aborted');
    expect(provider.state()).toBe('open');
  });
});
