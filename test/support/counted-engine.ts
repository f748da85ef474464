import { parseSettings } from '../../src/config/index.js';
import {
  type CallOptions,
  createProviderDirectory,
  type ProviderDescription,
  TextGenerationProvider,
} from '../../src/provider/index.js';
import { type Role, SystemClock } from '../../src/shared/index.js';
import { SILENT_LOG } from './run-buses.js';

/** The engine that needs no key and no model. */
export async function localEngine(): Promise<TextGenerationProvider> {
  const { provider } = parseSettings({});
  const directory = await createProviderDirectory(provider, { clock: new SystemClock(), log: SILENT_LOG });
  return directory.writer('local');
}

/** An engine that writes down its calls in `done`, and may pass for one outside. */
export class CountedEngine extends TextGenerationProvider {
  /** Called before each call; a call can be held up or broken here. */
  before: (role: Role, signal: AbortSignal | undefined) => Promise<void> = async () => undefined;

  constructor(
    private readonly inner: TextGenerationProvider,
    private readonly isExternal: boolean,
    private readonly done: string[],
  ) {
    super();
  }

  describe(): ProviderDescription {
    return { ...this.inner.describe(), ...(this.isExternal ? { name: 'openai', external: true } : {}) };
  }

  generate: TextGenerationProvider['generate'] = (request, options) =>
    this.count(request.role, options, () => this.inner.generate(request, options));
  revise: TextGenerationProvider['revise'] = (request, options) =>
    this.count(request.role, options, () => this.inner.revise(request, options));
  summarize: TextGenerationProvider['summarize'] = (request, options) =>
    this.count(request.role, options, () => this.inner.summarize(request, options));

  private async count<T>(role: Role, { signal }: CallOptions, work: () => Promise<T>): Promise<T> {
    this.done.push(`${role} ${this.isExternal ? 'outside' : 'here'}`);
    await this.before(role, signal);
    return work();
  }
}
