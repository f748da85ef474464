import { ExtractiveBackend } from '../../src/provider/mvlm/extractive/extractive.backend.js';
import { MvlmProvider } from '../../src/provider/mvlm/mvlm.provider.js';
import { OpenAiProvider } from '../../src/provider/openai/openai.provider.js';
import { SystemClock } from '../../src/shared/index.js';
import { openAiSettings } from '../support/openai-settings.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { describeTextGeneration } from './text-generation.contract.js';

describe('text generation: mvlm, extractive', () => {
  describeTextGeneration(() => new MvlmProvider(new ExtractiveBackend()), {
    quotes: true,
    deterministic: true,
    runs: 150,
  });
});

describe.each(['chat', 'responses'] as const)(
  'text generation: openai, %s, on a server that quotes',
  (api) => {
    let stub: OpenAiStub;
    beforeAll(async () => {
      stub = await OpenAiStub.start();
    });
    afterAll(() => stub.stop());

    describeTextGeneration(
      () => new OpenAiProvider(openAiSettings(stub.baseUrl, { api }), new SystemClock()),
      { quotes: true, deterministic: false, runs: 12 },
    );
  },
);
