import type { ProviderDescription, TextGenerationProvider } from './text-generation.port.js';

/** What a provider is used for: `primary` writes, `firebreak` revises and condenses, `local` never leaves the machine. */
export const WRITER_NAMES = ['primary', 'firebreak', 'local'] as const;
export type WriterName = (typeof WRITER_NAMES)[number];

/** One use and the provider set for it. */
export interface ConfiguredWriter extends ProviderDescription {
  readonly use: WriterName;
  /** True for what runs in this process; null where only a call could tell. */
  readonly reachable: boolean | null;
}

/** Which provider writes for which use. */
export class ProviderDirectory {
  constructor(private readonly writers: Readonly<Record<WriterName, TextGenerationProvider>>) {}

  /** The provider for a use; every use has one. */
  writer(name: WriterName): TextGenerationProvider {
    return this.writers[name];
  }

  /** What is configured, in the order of `WRITER_NAMES`, without calling anything. */
  list(): readonly ConfiguredWriter[] {
    return WRITER_NAMES.map((use) => {
      const description = this.writers[use].describe();
      return { use, ...description, reachable: description.external ? null : true };
    });
  }
}
