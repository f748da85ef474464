import { termsOf } from '../../shared/index.js';
import { ExtractiveBackend } from './extractive/extractive.backend.js';
import { REQUEST, snippetOf } from './extractive/extractive.fixture.js';
import { MvlmProvider } from './mvlm.provider.js';

const provider = new MvlmProvider(new ExtractiveBackend());
const request = {
  ...REQUEST,
  task: 'outline',
  prompt: 'the stove',
  snippets: [snippetOf('The stove was built in 1931.')],
} as const;

describe('MvlmProvider', () => {
  it('signs what it gives with its name and the model, and runs on this machine', async () => {
    const signal = new AbortController().signal;
    const { provider: name, model } = await provider.generate(request, { signal, reservationId: null });
    expect({ name, model, external: false }).toEqual(provider.describe());
  });

  it('counts word tokens of all texts given and given back', async () => {
    const signal = new AbortController().signal;
    const { usage, value } = await provider.generate(request, { signal, reservationId: null });
    expect(usage.inputTokens).toBe(2 + 6);
    expect(usage.outputTokens).toBe(6 + termsOf(value.headline).length);
  });

  it('refuses a call that was cancelled before it began', async () => {
    const signal = AbortSignal.abort();
    const call = provider.summarize(
      { ...REQUEST, prompt: '', snippets: [], text: [], maxWords: 9 },
      { signal, reservationId: null },
    );
    await expect(call).rejects.toMatchObject({ code: 'provider.aborted', kind: 'timeout' });
  });
});
