import { isLoopbackUrl } from '../../config/index.js';
import type { Clock } from '../../shared/index.js';
import { createOpenAiProvider } from '../openai/openai.factory.js';
import type { CircuitStateName } from '../resilience/circuit-breaker.provider.js';
import type { RemoteProvider } from '../resilience/remote.provider.js';
import type {
  CallOptions,
  GenerateRequest,
  GenerateResult,
  ReviseRequest,
  Revision,
  SummarizeRequest,
  Summary,
} from '../text-generation.port.js';
import { type BackendResult, MvlmBackend } from './mvlm-backend.port.js';

/** A model on a processor writes slowly. */
const TIMEOUT_MS = 120_000;
const MAX_RETRIES = 1;

/** Which local server, and which of its models. */
export interface HttpBackendSettings {
  readonly baseUrl: string;
  readonly model: string;
}

/** Writes with an OpenAI-compatible server (llama.cpp, Ollama, vLLM); external unless it is on this machine. */
export class HttpBackend extends MvlmBackend {
  readonly model: string;
  readonly external: boolean;
  private readonly server: RemoteProvider;

  constructor({ baseUrl, model }: HttpBackendSettings, clock: Clock) {
    super();
    this.model = model;
    this.external = !isLoopbackUrl(baseUrl);
    const settings = {
      apiKey: '',
      model,
      baseUrl,
      organization: null,
      api: 'chat',
      timeoutMs: TIMEOUT_MS,
      maxRetries: MAX_RETRIES,
      requestsPerMinute: null,
      tokensPerMinute: null,
    } as const;
    this.server = createOpenAiProvider(settings, { clock });
  }

  generate<R extends GenerateRequest>(
    request: R,
    options: CallOptions,
  ): Promise<BackendResult<GenerateResult[R['task']]>> {
    return this.server.generate(request, options);
  }

  revise(request: ReviseRequest, options: CallOptions): Promise<BackendResult<Revision>> {
    return this.server.revise(request, options);
  }

  summarize(request: SummarizeRequest, options: CallOptions): Promise<BackendResult<Summary>> {
    return this.server.summarize(request, options);
  }

  probe(signal: AbortSignal): Promise<void> {
    return this.server.probe(signal);
  }

  circuit(): CircuitStateName {
    return this.server.circuit();
  }
}
