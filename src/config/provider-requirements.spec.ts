import { ConfigError } from './config-error.js';
import { parseSettings } from './load-settings.js';

const LOCAL_SERVER = 'http://127.0.0.1:8080/v1';

function problemsOf(env: Record<string, string>) {
  try {
    parseSettings(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((each) => `${each.name}: ${each.problem}`);
    throw error;
  }
  return [];
}

describe('settings of the providers', () => {
  it('are the extractive engine for both uses when nothing is set', () => {
    expect(parseSettings({}).provider).toEqual({
      generation: 'mvlm',
      firebreak: 'mvlm',
      mvlm: {
        backend: 'extractive',
        modelPath: null,
        baseUrl: null,
        model: null,
        contextTokens: null,
        threads: null,
      },
      openAi: null,
      modelPricesFile: null,
    });
  });

  it('are those of the API where one use names it', () => {
    const { provider } = parseSettings({ GEN_PROVIDER: 'openai', OPENAI_API_KEY: 'k' });
    expect(provider).toMatchObject({ generation: 'openai', firebreak: 'openai' });
    expect(provider.openAi).toEqual({
      apiKey: 'k',
      model: 'gpt-4.1-mini',
      baseUrl: null,
      organization: null,
      api: 'chat',
      timeoutMs: 30_000,
      maxRetries: 2,
      requestsPerMinute: null,
      tokensPerMinute: null,
    });
    expect(parseSettings({ OPENAI_API_KEY: 'k' }).provider.openAi).toBeNull();
  });

  it('may differ for the firebreak', () => {
    const key = { OPENAI_API_KEY: 'k' };
    const local = parseSettings({ ...key, GEN_PROVIDER: 'openai', FIREBREAK_PROVIDER: 'mvlm' }).provider;
    expect(local).toMatchObject({ generation: 'openai', firebreak: 'mvlm' });
    const other = parseSettings({ ...key, FIREBREAK_PROVIDER: 'openai' }).provider;
    expect(other).toMatchObject({ generation: 'mvlm', firebreak: 'openai', openAi: { apiKey: 'k' } });
  });

  it.each([
    [{ GEN_PROVIDER: 'openai' }, ['OPENAI_API_KEY: is missing; GEN_PROVIDER=openai needs it']],
    [{ FIREBREAK_PROVIDER: 'openai' }, ['OPENAI_API_KEY: is missing; FIREBREAK_PROVIDER=openai needs it']],
    [
      { GEN_PROVIDER: 'openai', OPENAI_BASE_URL: 'https://llm.example.org/v1' },
      ['OPENAI_API_KEY: is missing; GEN_PROVIDER=openai needs it'],
    ],
    [{ MVLM_BACKEND: 'llama-cpp' }, ['MVLM_MODEL_PATH: is missing; MVLM_BACKEND=llama-cpp needs it']],
    [
      { MVLM_BACKEND: 'http' },
      [
        'MVLM_BASE_URL: is missing; MVLM_BACKEND=http needs it',
        'MVLM_MODEL: is missing; MVLM_BACKEND=http needs it',
      ],
    ],
  ])('stop the start where something is missing: %j', (env, problems) => {
    expect(problemsOf(env)).toEqual(problems);
  });

  it('need no key for a server on this machine', () => {
    const env = { GEN_PROVIDER: 'openai', OPENAI_BASE_URL: LOCAL_SERVER };
    expect(parseSettings(env).provider.openAi).toMatchObject({ apiKey: '', baseUrl: LOCAL_SERVER });
  });

  it.each([
    ['GEN_PROVIDER', 'claude'],
    ['FIREBREAK_PROVIDER', 'none'],
    ['OPENAI_BASE_URL', 'llm.example.org/v1'],
    ['OPENAI_BASE_URL', 'file:///etc/passwd'],
    ['OPENAI_API', 'completions'],
    ['OPENAI_TIMEOUT_MS', '99'],
    ['OPENAI_TIMEOUT_MS', 'soon'],
    ['OPENAI_MAX_RETRIES', '-1'],
    ['OPENAI_MAX_RETRIES', '11'],
    ['OPENAI_REQUESTS_PER_MINUTE', '0'],
    ['OPENAI_TOKENS_PER_MINUTE', '1.5'],
    ['MVLM_BACKEND', 'nonsense'],
    ['MVLM_BASE_URL', 'ftp://127.0.0.1'],
    ['MVLM_CONTEXT_TOKENS', '255'],
    ['MVLM_THREADS', '0'],
  ])('refuse %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value }).map((line) => line.split(':')[0])).toEqual([name]);
  });

  it('never show a key in what is wrong', () => {
    const env = {
      GEN_PROVIDER: 'openai',
      OPENAI_API_KEY: 'sk-secret',
      OPENAI_API: 'x',
      OPENAI_BASE_URL: 'y',
    };
    expect(() => parseSettings(env)).toThrow(/OPENAI_BASE_URL\s+must be an http:\/\/ or https:\/\/ URL/);
    expect(() => parseSettings(env)).not.toThrow(/sk-secret/);
  });
});
