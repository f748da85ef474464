import { ExtractiveBackend } from '../../src/provider/mvlm/extractive/extractive.backend.js';
import { MvlmProvider } from '../../src/provider/mvlm/mvlm.provider.js';
import { describeTextGeneration } from './text-generation.contract.js';

describe('text generation: mvlm, extractive', () => {
  describeTextGeneration(() => new MvlmProvider(new ExtractiveBackend()), {
    quotes: true,
    deterministic: true,
    runs: 150,
  });
});
