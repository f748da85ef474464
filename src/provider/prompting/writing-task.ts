/** What a model is told for one operation, and how its answer is read. */
export interface WritingTask<T> {
  /** Name and version of the template, e.g. `outline@1`; a change of wording is a new version. */
  readonly template: string;
  /** The rules; nothing in it comes from a corpus. */
  readonly system: string;
  /** The data, in blocks. */
  readonly user: string;
  readonly schemaName: string;
  /** JSON Schema of the answer, in the subset that structured output accepts. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What the answer may hold at most. */
  readonly maxOutputTokens: number;
  /** The value where there is nothing to write from, so that no model needs to be asked. */
  readonly withoutCall: { readonly value: T } | null;
  /** Reads an answer; throws `provider.invalid_output` for whatever is not exactly what was asked. */
  read(answer: string): T;
}
