import { OpenAiStub } from '../../test/support/openai-stub.js';
import { parseSettings } from '../config/index.js';
import { SystemClock } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { createProviderDirectory } from './provider.factory.js';

const KEY = 'sk-not-to-be-shown';
const EXTRACTIVE = { name: 'mvlm', model: 'extractive-2', external: false };
const OPENAI = { name: 'openai', model: 'gpt-4.1-mini', external: true };

function directoryFor(environment: Readonly<Record<string, string>>) {
  const settings = parseSettings({ LOG_LEVEL: 'silent', ...environment });
  const dependencies = { clock: new SystemClock(), log: new Log(settings.telemetry) };
  return createProviderDirectory(settings.provider, dependencies);
}

describe('createProviderDirectory', () => {
  it('has the extractive engine for every use unless told otherwise', async () => {
    const directory = await directoryFor({});
    const listed = { ...EXTRACTIVE, reachable: true, circuit: null, weightsBytes: null };
    expect(directory.list()).toEqual([
      { use: 'primary', ...listed },
      { use: 'firebreak', ...listed },
      { use: 'local', ...listed },
    ]);
  });

  it('lets the API write for every use but the local one, through one circuit', async () => {
    const directory = await directoryFor({ GEN_PROVIDER: 'openai', OPENAI_API_KEY: KEY });
    expect(directory.list()).toMatchObject([OPENAI, OPENAI, EXTRACTIVE]);
    expect(directory.writer('primary') === directory.writer('firebreak')).toBe(true);
    expect(directory.list()[0]).toMatchObject({ circuit: 'closed', reachable: null });
  });

  it.each([
    [{ GEN_PROVIDER: 'openai', FIREBREAK_PROVIDER: 'mvlm' }, [OPENAI, EXTRACTIVE, EXTRACTIVE]],
    [{ GEN_PROVIDER: 'mvlm', FIREBREAK_PROVIDER: 'openai' }, [EXTRACTIVE, OPENAI, EXTRACTIVE]],
  ])('may take another for the firebreak: %j', async (environment, expected) => {
    const directory = await directoryFor({ OPENAI_API_KEY: KEY, ...environment });
    expect(directory.list()).toMatchObject(expected);
  });

  it('calls the API external even on this machine', async () => {
    const environment = { GEN_PROVIDER: 'openai', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
    expect((await directoryFor(environment)).list()[0]).toMatchObject(OPENAI);
  });

  it('takes a local server as it is set, external where it is on another machine', async () => {
    const environment = { MVLM_BACKEND: 'http', MVLM_MODEL: 'm', MVLM_BASE_URL: 'http://10.0.0.5/v1' };
    const expected = { name: 'mvlm', model: 'm', external: true, circuit: 'closed' };
    expect((await directoryFor(environment)).list()[0]).toMatchObject(expected);
  });

  it('does not start on a model file that cannot be used', async () => {
    const environment = { MVLM_BACKEND: 'llama-cpp', MVLM_MODEL_PATH: 'no-such.gguf' };
    await expect(directoryFor(environment)).rejects.toMatchObject({ code: 'provider.model_unusable' });
  });

  it('does not touch an engine that nothing uses', async () => {
    const unused = { MVLM_BACKEND: 'llama-cpp', MVLM_MODEL_PATH: 'no-such.gguf' };
    const directory = await directoryFor({ GEN_PROVIDER: 'openai', OPENAI_API_KEY: KEY, ...unused });
    expect(directory.list()[0]).toMatchObject(OPENAI);
  });
});

describe('ProviderDirectory.probe', () => {
  it('reaches a server without buying text, and shows no key', async () => {
    const stub = await OpenAiStub.start();
    const environment = { GEN_PROVIDER: 'openai', OPENAI_API_KEY: KEY, OPENAI_BASE_URL: stub.baseUrl };
    const directory = await directoryFor(environment);
    const found = await directory.probe();
    expect(found[0]).toMatchObject({ ...OPENAI, reachable: true, problem: null, circuit: 'closed' });
    expect([stub.calls.length, stub.requests.length]).toEqual([0, 1]);
    expect(stub.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.stringify([found, directory.list()])).not.toContain(KEY);
    await stub.stop();
    expect((await directory.probe())[0]).toMatchObject({ reachable: false, problem: 'provider.unreachable' });
  });
});
