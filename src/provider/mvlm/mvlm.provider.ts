import { aborted } from '../aborted.js';
import {
  type CallOptions,
  type GenerateRequest,
  type GenerateResult,
  type Generation,
  type ProviderDescription,
  type ReviseRequest,
  type Revision,
  type SummarizeRequest,
  type Summary,
  TextGenerationProvider,
} from '../text-generation.port.js';
import type { BackendResult, MvlmBackend } from './mvlm-backend.port.js';

/** The Minimum Viable Language Model: the same port whatever backend runs it. */
export class MvlmProvider extends TextGenerationProvider {
  constructor(private readonly backend: MvlmBackend) {
    super();
  }

  describe(): ProviderDescription {
    return { name: 'mvlm', model: this.backend.model, external: this.backend.external };
  }

  async generate<R extends GenerateRequest>(
    request: R,
    options: CallOptions,
  ): Promise<Generation<GenerateResult[R['task']]>> {
    return this.signed(options, () => this.backend.generate(request, options));
  }

  async revise(request: ReviseRequest, options: CallOptions): Promise<Generation<Revision>> {
    return this.signed(options, () => this.backend.revise(request, options));
  }

  async summarize(request: SummarizeRequest, options: CallOptions): Promise<Generation<Summary>> {
    return this.signed(options, () => this.backend.summarize(request, options));
  }

  private async signed<T>(
    { signal }: CallOptions,
    call: () => Promise<BackendResult<T>>,
  ): Promise<Generation<T>> {
    if (signal.aborted) throw aborted(signal);
    const { value, alternatives = [], usage } = await call();
    return {
      value,
      ...(alternatives.length > 0 && { alternatives }),
      usage,
      provider: 'mvlm',
      model: this.backend.model,
    };
  }
}
