import { HttpBackend } from '../../src/provider/mvlm/http.backend.js';
import { MvlmProvider } from '../../src/provider/mvlm/mvlm.provider.js';
import { SystemClock } from '../../src/shared/index.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { describeTextGeneration } from './text-generation.contract.js';

describe('text generation: mvlm, http, on a server that quotes', () => {
  let stub: OpenAiStub;
  beforeAll(async () => {
    stub = await OpenAiStub.start();
  });
  afterAll(() => stub.stop());

  describeTextGeneration(
    () =>
      new MvlmProvider(new HttpBackend({ baseUrl: stub.baseUrl, model: 'local-model' }, new SystemClock())),
    { quotes: true, deterministic: false, runs: 12 },
  );
});
