import type {
  CallOptions,
  GenerateRequest,
  GenerateResult,
  Generation,
  ReviseRequest,
  Revision,
  SummarizeRequest,
  Summary,
} from '../text-generation.port.js';

/** What a backend gives back; the provider adds its own name and the model's. */
export type BackendResult<T> = Pick<Generation<T>, 'value' | 'alternatives' | 'usage'>;

/** One way to run the Minimum Viable Language Model. */
export abstract class MvlmBackend {
  abstract readonly model: string;
  /** True when a call leaves this machine. */
  abstract readonly external: boolean;
  abstract generate<R extends GenerateRequest>(
    request: R,
    options: CallOptions,
  ): Promise<BackendResult<GenerateResult[R['task']]>>;
  abstract revise(request: ReviseRequest, options: CallOptions): Promise<BackendResult<Revision>>;
  abstract summarize(request: SummarizeRequest, options: CallOptions): Promise<BackendResult<Summary>>;
}
