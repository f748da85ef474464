import { OpenAiStub } from '../../../test/support/openai-stub.js';
import { SystemClock } from '../../shared/index.js';
import { REQUEST, snippetOf } from './extractive/extractive.fixture.js';
import { HttpBackend } from './http.backend.js';
import { MvlmProvider } from './mvlm.provider.js';

const clock = new SystemClock();
const snippet = snippetOf('The stove was built in 1931.');
const request = { ...REQUEST, task: 'outline', prompt: 'the stove', snippets: [snippet] } as const;
const options = { signal: new AbortController().signal, reservationId: 'r-1' };

describe('HttpBackend', () => {
  let stub: OpenAiStub;
  let provider: MvlmProvider;
  beforeEach(async () => {
    stub = await OpenAiStub.start();
    provider = new MvlmProvider(new HttpBackend({ baseUrl: stub.baseUrl, model: 'local-model' }, clock));
  });
  afterEach(() => stub.stop());

  it('asks the server for its model and signs as the local one', async () => {
    const generation = await provider.generate(request, options);
    expect(generation).toMatchObject({ provider: 'mvlm', model: 'local-model' });
    expect(generation.value.points[0]?.snippetIds).toEqual([snippet.id]);
    expect(stub.calls.map(({ model }) => model)).toEqual(['local-model']);
  });

  it('sends no key', async () => {
    await provider.generate(request, options);
    expect(stub.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('tries once more where the server fails in passing', async () => {
    stub.failNext({ kind: 'status', status: 503 });
    await expect(provider.generate(request, options)).resolves.toMatchObject({ provider: 'mvlm' });
    expect([stub.calls.length, [...stub.reservations]]).toEqual([2, ['r-1']]);
  });

  it('refuses an answer that cites what it was not given', async () => {
    const answer = { headline: 'x', points: [{ text: 'Made up.', snippet_ids: ['nowhere'] }] };
    stub.failNext({ kind: 'parts', parts: { content: JSON.stringify(answer) } });
    await expect(provider.generate(request, options)).rejects.toMatchObject({
      code: 'provider.invalid_output',
      details: { reason: 'unknown_snippet' },
    });
  });

  it.each([
    ['http://127.0.0.1:11434/v1', false],
    ['http://[::1]:8080', false],
    ['http://10.0.0.5:11434/v1', true],
    ['https://models.example.org/v1', true],
  ])('at %s is external: %s', (baseUrl, external) => {
    const description = new MvlmProvider(new HttpBackend({ baseUrl, model: 'm' }, clock)).describe();
    expect(description).toEqual({ name: 'mvlm', model: 'm', external });
  });
});
