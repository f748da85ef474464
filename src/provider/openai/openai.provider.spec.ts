import { USAGE } from '../../../test/fixtures/openai-answers.fixture.js';
import { openAiSettings } from '../../../test/support/openai-settings.js';
import { OpenAiStub } from '../../../test/support/openai-stub.js';
import type { OpenAiSettings } from '../../config/index.js';
import { SystemClock } from '../../shared/index.js';
import type { CallOptions } from '../text-generation.port.js';
import { DRAFT_REQUEST, OUTLINE_REQUEST, STOVE } from './openai.fixture.js';
import { OpenAiProvider } from './openai.provider.js';

describe('OpenAiProvider', () => {
  let stub: OpenAiStub;
  beforeEach(async () => {
    stub = await OpenAiStub.start();
  });
  afterEach(() => stub.stop());

  const options: CallOptions = { signal: new AbortController().signal, reservationId: 'reservation-1' };
  const provider = (changes: Partial<OpenAiSettings> = {}) =>
    new OpenAiProvider(openAiSettings(stub.baseUrl, changes), new SystemClock());

  it('is external wherever it runs, and signs what it gives', async () => {
    const description = provider().describe();
    expect(description).toEqual({ name: 'openai', model: 'gpt-4.1-mini', external: true });
    const { value, provider: name, model, usage } = await provider().generate(OUTLINE_REQUEST, options);
    expect({ name, model, usage }).toEqual({ name: 'openai', model: 'gpt-4.1-mini', usage: USAGE });
    expect(value.points).toEqual([{ text: STOVE.text, snippetIds: [STOVE.id], paragraph: 0 }]);
  });

  it.each([
    ['chat', '/v1/chat/completions'],
    ['responses', '/v1/responses'],
  ] as const)('calls %s at %s with its key and the reservation', async (api, path) => {
    await provider({ api, organization: 'org-1' }).generate(DRAFT_REQUEST, options);
    const [request] = stub.requests;
    expect(request?.url).toBe(path);
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer test-key',
      'idempotency-key': 'reservation-1',
      'openai-organization': 'org-1',
    });
    expect(stub.calls[0]).toMatchObject({ model: 'gpt-4.1-mini', schemaName: 'draft', stream: false });
  });

  it('leaves out what it does not have: a key, a reservation', async () => {
    await provider({ apiKey: '' }).generate(OUTLINE_REQUEST, { ...options, reservationId: null });
    expect(stub.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(stub.requests[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('keeps the query of its base URL on every call', async () => {
    const baseUrl = `${stub.baseUrl}/deployments/writer/?api-version=2026-10-01`;
    await provider({ baseUrl }).generate(OUTLINE_REQUEST, options);
    expect(stub.requests[0]?.url).toBe('/v1/deployments/writer/chat/completions?api-version=2026-10-01');
  });

  it.each(['chat', 'responses'] as const)('counts tokens itself where %s tells no usage', async (api) => {
    stub.failNext({ kind: 'parts', parts: { withUsage: false } });
    const { usage } = await provider({ api }).generate(OUTLINE_REQUEST, options);
    expect(usage.inputTokens).toBeGreaterThan(300);
    expect(usage.outputTokens).toBeGreaterThan(10);
    expect(usage.outputTokens).toBeLessThan(100);
  });

  it('asks nobody where there is nothing to write from', async () => {
    const { value, usage } = await provider().generate({ ...OUTLINE_REQUEST, snippets: [] }, options);
    expect({ value, usage }).toEqual({
      value: { headline: '', points: [] },
      usage: { inputTokens: 0, outputTokens: 0 },
    });
    expect(stub.calls).toEqual([]);
  });

  it.each(['hang', 'drip'] as const)(
    'closes the connection of a cancelled call that would %s',
    async (kind) => {
      stub.faultFor = () => ({ kind, everyMs: 20 }) as never;
      const abort = new AbortController();
      const call = provider().generate(OUTLINE_REQUEST, { ...options, signal: abort.signal });
      const ended = expect(call).rejects.toMatchObject({ code: 'provider.aborted', kind: 'timeout' });
      while (stub.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      abort.abort();
      await ended;
      while (stub.abandoned === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(stub.abandoned).toBe(1);
    },
  );

  it('does not begin a call that was cancelled before', async () => {
    const call = provider().generate(OUTLINE_REQUEST, { ...options, signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'provider.aborted' });
    expect(stub.requests).toEqual([]);
  });

  it('can be asked whether it is there, at no cost', async () => {
    await provider().probe(options.signal);
    await provider({ baseUrl: stub.baseUrl.replace('/v1', '/without-list/elsewhere') }).probe(options.signal);
    expect(stub.requests.map(({ url }) => url)).toEqual(['/v1/models', '/without-list/elsewhere/models']);
    expect(stub.calls).toEqual([]);
  });

  it('says that the server does not have the configured model', async () => {
    const unknown = provider({ model: 'gpt-unheard-of' }).probe(options.signal);
    await expect(unknown).rejects.toMatchObject({
      code: 'provider.model_unknown',
      hint: expect.stringContaining('gpt-4.1-mini'),
    });
    await provider({ model: 'local-model' }).probe(options.signal);
    stub.models = [];
    await provider({ model: 'gpt-unheard-of' }).probe(options.signal);
  });
});
