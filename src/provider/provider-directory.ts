import { AppError, type Clock, SystemClock } from '../shared/index.js';
import type { CircuitStateName } from './resilience/circuit-breaker.provider.js';
import type { ProviderDescription, TextGenerationProvider } from './text-generation.port.js';

/** What a provider is used for: `primary` writes, `firebreak` revises and condenses, `local` never leaves the machine. */
export const WRITER_NAMES = ['primary', 'firebreak', 'local'] as const;
export type WriterName = (typeof WRITER_NAMES)[number];

/** What can be asked of a provider beside writing, where it is more than code of this process. */
export interface ProviderInspection {
  /** Ends without error where it would take a call; throws `AppError` with code `provider.*`. Writes nothing. */
  probe(signal: AbortSignal): Promise<void>;
  circuit?(): CircuitStateName;
  /** What the weights of a model in this process take. */
  weightsBytes?(): number;
  close?(): Promise<void>;
}

/** One use and the provider set for it. */
export interface ConfiguredWriter extends ProviderDescription {
  readonly use: WriterName;
  /** True for what is code of this process; null where only a call could tell. */
  readonly reachable: boolean | null;
  /** Null where there is no endpoint that could fail. */
  readonly circuit: CircuitStateName | null;
  /** Null where no model is held in this process. */
  readonly weightsBytes: number | null;
}

/** A provider that was just asked whether it is there. */
export interface ProbedWriter extends ConfiguredWriter {
  readonly reachable: boolean;
  readonly latencyMs: number;
  /** The code of the error it answered with, e.g. `provider.unauthorized`. */
  readonly problem: string | null;
}

type Finding = Pick<ProbedWriter, 'reachable' | 'latencyMs' | 'problem'>;

const PROBE_LIMIT_MS = 5_000;
/** Other errors are answers: somebody is there. */
const SILENT = ['provider.unreachable', 'provider.timeout'];

/** Which provider writes for which use. */
export class ProviderDirectory {
  private readonly closing = new AbortController();

  constructor(
    private readonly writers: Readonly<Record<WriterName, TextGenerationProvider>>,
    private readonly inspections: ReadonlyMap<TextGenerationProvider, ProviderInspection> = new Map(),
    private readonly clock: Clock = new SystemClock(),
  ) {}

  /** The provider for a use; every use has one. */
  writer(name: WriterName): TextGenerationProvider {
    return this.writers[name];
  }

  /** What is configured, in the order of `WRITER_NAMES`, without calling anything. */
  list(): readonly ConfiguredWriter[] {
    return WRITER_NAMES.map((use) => {
      const description = this.writers[use].describe();
      const inspection = this.inspections.get(this.writers[use]);
      return {
        use,
        ...description,
        reachable: description.external || inspection ? null : true,
        circuit: inspection?.circuit?.() ?? null,
        weightsBytes: inspection?.weightsBytes?.() ?? null,
      };
    });
  }

  /** Asks every distinct provider once whether it is there; buys no text and throws for none of them. */
  async probe(limitMs: number = PROBE_LIMIT_MS): Promise<readonly ProbedWriter[]> {
    const distinct = [...new Set(Object.values(this.writers))];
    const findings = new Map(
      await Promise.all(distinct.map(async (each) => [each, await this.find(each, limitMs)] as const)),
    );
    const unasked: Finding = { reachable: true, latencyMs: 0, problem: null };
    return this.list().map((writer) => ({
      ...writer,
      ...(findings.get(this.writers[writer.use]) ?? unasked),
    }));
  }

  /** Ends what runs beside this process's own code. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([...this.inspections.values()].map((inspection) => inspection.close?.()));
  }

  private async find(provider: TextGenerationProvider, limitMs: number): Promise<Finding> {
    const startMs = this.clock.elapsedMs();
    const signal = AbortSignal.any([AbortSignal.timeout(limitMs), this.closing.signal]);
    const problem = await this.problemOf(provider, signal);
    const latencyMs = Math.round(this.clock.elapsedMs() - startMs);
    return { reachable: problem === null || !SILENT.includes(problem), latencyMs, problem };
  }

  private async problemOf(provider: TextGenerationProvider, signal: AbortSignal): Promise<string | null> {
    try {
      await this.inspections.get(provider)?.probe(signal);
      return null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return signal.aborted ? 'provider.timeout' : error.code;
    }
  }
}
