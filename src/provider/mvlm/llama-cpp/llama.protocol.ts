/** What the worker is started with. */
export interface LlamaStart {
  /** The entry file of the installed package. */
  readonly packageUrl: string;
  readonly modelPath: string;
  /** Null means what the model was trained with, up to the worker's own limit. */
  readonly contextTokens: number | null;
  readonly threads: number | null;
}

/** One text to write. */
export interface LlamaPrompt {
  readonly system: string;
  readonly user: string;
  /** The JSON schema that the output is forced into. */
  readonly schema: object;
  readonly maxOutputTokens: number;
}

export type LlamaJob =
  | { readonly kind: 'write'; readonly id: number; readonly prompt: LlamaPrompt }
  | { readonly kind: 'count'; readonly id: number; readonly text: string }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'close' };

/** What the model wrote; `isCut` when it had more to say than it was given room for. */
export interface LlamaText {
  readonly text: string;
  readonly isCut: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Facts of the loaded model. */
export interface LoadedModel {
  readonly contextTokens: number;
  readonly weightsBytes: number;
}

export type LlamaReply =
  | { readonly kind: 'loaded'; readonly model: LoadedModel }
  | { readonly kind: 'unusable'; readonly part: 'package' | 'model'; readonly reason: string }
  | { readonly kind: 'written'; readonly id: number; readonly text: LlamaText }
  | { readonly kind: 'counted'; readonly id: number; readonly tokens: number }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };
