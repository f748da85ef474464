import { Injectable } from '@nestjs/common';
import { type ProbedWriter, ProviderDirectory } from '../provider/index.js';
import { Clock } from '../shared/index.js';

/** Anyone may ask for the health: a finding serves for a while, so that they cannot make us call the provider. */
const FRESH_FOR_MS = 30_000;
/** Less than a probe of the process allows. */
const LIMIT_MS = 1_500;

/** How the providers were when they were last asked. */
@Injectable()
export class ProviderCondition {
  private asked: Promise<readonly ProbedWriter[]> | null = null;
  private askedAtMs = 0;

  constructor(
    private readonly directory: ProviderDirectory,
    private readonly clock: Clock,
  ) {}

  /** What is configured, without asking it. */
  configured() {
    return this.directory.writer('primary').describe();
  }

  /** The weights of models held in this process, in bytes; null where there are none. */
  weightsBytes(): number | null {
    return this.directory.list().find(({ weightsBytes }) => weightsBytes !== null)?.weightsBytes ?? null;
  }

  /** Each use with its provider: as found in the last half minute, its circuit as it is now. */
  async current(): Promise<readonly ProbedWriter[]> {
    const found = await this.found();
    const circuits = this.directory.list().map(({ circuit }) => circuit);
    return found.map((writer, at) => ({ ...writer, circuit: circuits[at] ?? null }));
  }

  private found(): Promise<readonly ProbedWriter[]> {
    const nowMs = this.clock.elapsedMs();
    if (this.asked === null || nowMs - this.askedAtMs >= FRESH_FOR_MS) {
      this.askedAtMs = nowMs;
      this.asked = this.directory.probe(LIMIT_MS);
    }
    return this.asked;
  }
}

/** Whether a call would most likely fail; the extractive engine then stands in. */
export function isImpaired({ reachable, circuit, problem }: ProbedWriter): boolean {
  return !reachable || circuit === 'open' || problem !== null;
}
