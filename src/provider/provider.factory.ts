import type { MvlmSettings, ProviderConfig, ProviderName } from '../config/index.js';
import type { Clock } from '../shared/index.js';
import type { Log } from '../telemetry/index.js';
import { ExtractiveBackend } from './mvlm/extractive/extractive.backend.js';
import { HttpBackend } from './mvlm/http.backend.js';
import { LlamaCppBackend } from './mvlm/llama-cpp/llama-cpp.backend.js';
import { MvlmProvider } from './mvlm/mvlm.provider.js';
import type { MvlmBackend } from './mvlm/mvlm-backend.port.js';
import { createOpenAiProvider } from './openai/openai.factory.js';
import { ProviderDirectory, type ProviderInspection } from './provider-directory.js';
import type { TextGenerationProvider } from './text-generation.port.js';

type ProviderSettings = Pick<ProviderConfig, 'generation' | 'firebreak' | 'mvlm' | 'openAi'>;

/** What every provider may need from outside. */
export interface ProviderDependencies {
  readonly clock: Clock;
  readonly log: Log;
}

interface Built {
  readonly provider: TextGenerationProvider;
  readonly inspection?: ProviderInspection;
}

interface BuiltBackend {
  readonly backend: MvlmBackend;
  readonly inspection?: ProviderInspection;
}

type BackendFactory = (settings: MvlmSettings, dependencies: ProviderDependencies) => Promise<BuiltBackend>;

const BACKENDS: Readonly<Record<MvlmSettings['backend'], BackendFactory>> = {
  extractive: async () => ({ backend: new ExtractiveBackend() }),
  'llama-cpp': async ({ modelPath, contextTokens, threads }, { log }) => {
    const settings = { modelPath: given(modelPath, 'MVLM_MODEL_PATH'), contextTokens, threads };
    const backend = await LlamaCppBackend.open(settings, log);
    return { backend, inspection: backend };
  },
  http: async ({ baseUrl, model }, { clock }) => {
    const server = { baseUrl: given(baseUrl, 'MVLM_BASE_URL'), model: given(model, 'MVLM_MODEL') };
    const backend = new HttpBackend(server, clock);
    return { backend, inspection: backend };
  },
};

type ProviderFactory = (settings: ProviderSettings, dependencies: ProviderDependencies) => Promise<Built>;

const PROVIDERS: Readonly<Record<ProviderName, ProviderFactory>> = {
  mvlm: async ({ mvlm }, dependencies) => {
    const { backend, ...rest } = await BACKENDS[mvlm.backend](mvlm, dependencies);
    return { provider: new MvlmProvider(backend), ...rest };
  },
  openai: async ({ openAi }, dependencies) => {
    const provider = createOpenAiProvider(given(openAi, 'OPENAI_API_KEY'), dependencies);
    return { provider, inspection: provider };
  },
};

/**
 * Builds the providers that the configuration names; what it does not know, the configuration has refused. One name is
 * one provider: both uses share its model, its limits and its circuit. Throws where a local model cannot be loaded.
 */
export async function createProviderDirectory(
  settings: ProviderSettings,
  dependencies: ProviderDependencies,
): Promise<ProviderDirectory> {
  const { generation, firebreak } = settings;
  const primary = await PROVIDERS[generation](settings, dependencies);
  const second = firebreak === generation ? primary : await PROVIDERS[firebreak](settings, dependencies);
  const inspections = new Map<TextGenerationProvider, ProviderInspection>();
  for (const { provider, inspection } of [primary, second])
    if (inspection) inspections.set(provider, inspection);
  const local = new MvlmProvider(new ExtractiveBackend());
  const writers = { primary: primary.provider, firebreak: second.provider, local };
  return new ProviderDirectory(writers, inspections, dependencies.clock);
}

function given<T>(value: T | null, name: string): T {
  if (value === null) throw new Error(`${name} is missing, which the configuration should have refused`);
  return value;
}
