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

type WritingRequest = GenerateRequest | ReviseRequest | SummarizeRequest;

/** A provider round another one, doing the same to each of its three calls. */
export abstract class WrappedProvider extends TextGenerationProvider {
  constructor(protected readonly inner: TextGenerationProvider) {
    super();
  }

  describe(): ProviderDescription {
    return this.inner.describe();
  }

  async generate<R extends GenerateRequest>(
    request: R,
    options: CallOptions,
  ): Promise<Generation<GenerateResult[R['task']]>> {
    return this.call(() => this.inner.generate(request, options), options, request);
  }

  async revise(request: ReviseRequest, options: CallOptions): Promise<Generation<Revision>> {
    return this.call(() => this.inner.revise(request, options), options, request);
  }

  async summarize(request: SummarizeRequest, options: CallOptions): Promise<Generation<Summary>> {
    return this.call(() => this.inner.summarize(request, options), options, request);
  }

  /** Makes the attempt, or does not; may make it again. */
  protected abstract call<T>(
    attempt: () => Promise<Generation<T>>,
    options: CallOptions,
    request: WritingRequest,
  ): Promise<Generation<T>>;
}
