import type { ProviderConfig } from '../config/index.js';
import { ExtractiveBackend } from './mvlm/extractive/extractive.backend.js';
import { MvlmProvider } from './mvlm/mvlm.provider.js';
import type { MvlmBackend } from './mvlm/mvlm-backend.port.js';
import { ProviderDirectory } from './provider-directory.js';
import type { TextGenerationProvider } from './text-generation.port.js';

type ProviderSettings = Pick<ProviderConfig, 'generation' | 'firebreak' | 'mvlmBackend'>;

const BACKENDS: Readonly<Record<ProviderSettings['mvlmBackend'], () => MvlmBackend>> = {
  extractive: () => new ExtractiveBackend(),
};

const PROVIDERS: Readonly<
  Record<ProviderSettings['generation'], (config: ProviderSettings) => TextGenerationProvider>
> = {
  mvlm: (config) => new MvlmProvider(BACKENDS[config.mvlmBackend]()),
};

/** Builds the providers that the configuration names; what it does not know, the configuration has refused. */
export function createProviderDirectory(config: ProviderSettings): ProviderDirectory {
  return new ProviderDirectory({
    primary: PROVIDERS[config.generation](config),
    firebreak: PROVIDERS[config.firebreak](config),
    local: new MvlmProvider(new ExtractiveBackend()),
  });
}
