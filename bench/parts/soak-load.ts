import { setTimeout as sleep } from 'node:timers/promises';
import { sha256Hex } from '../../src/shared/index.js';
import type { QueryClient, QueryReply } from '../engine/query-client.js';

const AT_A_TIME = 8;
const MOST_TRIES = 100;

/** What a caller was told in the end, as far as it must be the same without a cache. */
export interface SoakAnswer {
  readonly prompt: string;
  /** The strategy that was applied; null where the answer does not say. */
  readonly strategy: string | null;
  readonly cacheLevel: string | null;
  readonly pressure: string | null;
  /** Status, and what the text says with its sources; equal for equal answers. */
  readonly outcome: string;
}

interface Body {
  readonly code?: string;
  readonly content?: string;
  readonly metadata?: {
    readonly strategy: string;
    readonly pressure_mode: string;
    readonly cache: { readonly level: string } | null;
    readonly outcome: string;
    readonly attribution: unknown;
    readonly input_sources: readonly { readonly snippet_id: string }[];
    readonly tone_flags: unknown;
    readonly scores: unknown;
    readonly long_tail_keywords: unknown;
    readonly change_log: unknown;
  };
}

/** Asks many prompts, repeats what was refused for want of memory as late as it was told to, and keeps a sample. */
export class SoakLoad {
  readonly sample: SoakAnswer[] = [];
  answered = 0;
  held = 0;
  /** Requests that were refused and repeated. */
  refused = 0;
  /** Refusals that did not say when to come back. */
  refusedWithoutTime = 0;
  /** What came back otherwise than with an answer. */
  readonly faults: string[] = [];
  readonly levels = new Map<string, number>();

  constructor(
    private readonly client: QueryClient,
    private readonly sampleEvery: number,
  ) {}

  async askAll(prompts: readonly string[]): Promise<void> {
    const waiting = prompts.entries();
    const work = async () => {
      for (const [index, prompt] of waiting) await this.ask(index, prompt);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
  }

  private async ask(index: number, prompt: string): Promise<void> {
    const reply = await this.patiently(prompt);
    if (reply === null) return;
    const answer = answerOf(prompt, reply);
    this.answered++;
    if (reply.status === 422) this.held++;
    const level = answer.cacheLevel ?? 'none';
    this.levels.set(level, (this.levels.get(level) ?? 0) + 1);
    if (index % this.sampleEvery === 0) this.sample.push(answer);
  }

  private async patiently(prompt: string): Promise<QueryReply | null> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const reply = await this.client.post(prompt).catch((error: unknown) => String(error));
      if (typeof reply === 'string') return this.fault(reply);
      if (reply.status === 200 || isHeld(reply)) return reply;
      if (!isShortOfMemory(reply)) return this.fault(`${reply.status} ${reply.body}`);
      this.refused++;
      if (reply.retryAfterSeconds === null) this.refusedWithoutTime++;
      await sleep(1_000 * (reply.retryAfterSeconds ?? 1));
    }
    return this.fault(`refused ${MOST_TRIES} times`);
  }

  private fault(what: string): null {
    this.faults.push(what);
    return null;
  }
}

/** Asks the sample again of a server that keeps nothing; the answers that differ. */
export async function answeredOtherwise(
  client: QueryClient,
  sample: readonly SoakAnswer[],
): Promise<SoakAnswer[]> {
  const wrong: SoakAnswer[] = [];
  for (const answer of sample) {
    // A problem does not say by which strategy it came about: one of the two must come to the same.
    const strategies = answer.strategy === null ? ['balanced', 'speed'] : [answer.strategy];
    const expected: string[] = [];
    for (const strategy of strategies)
      expected.push(answerOf(answer.prompt, await client.post(answer.prompt, { strategy })).outcome);
    if (!expected.includes(answer.outcome)) wrong.push(answer);
  }
  return wrong;
}

function answerOf(prompt: string, { status, body }: QueryReply): SoakAnswer {
  const { code, content, metadata } = JSON.parse(body) as Body;
  const said = metadata && [
    content,
    metadata.outcome,
    metadata.attribution,
    metadata.input_sources.map((source) => source.snippet_id),
    metadata.tone_flags,
    metadata.scores,
    metadata.long_tail_keywords,
    metadata.change_log,
  ];
  return {
    prompt,
    strategy: metadata?.strategy ?? null,
    cacheLevel: metadata?.cache?.level ?? null,
    pressure: metadata?.pressure_mode ?? null,
    outcome: `${status} ${code ?? ''} ${sha256Hex(JSON.stringify(said ?? null))}`,
  };
}

function isHeld({ status, body }: QueryReply): boolean {
  return status === 422 && (JSON.parse(body) as Body).code === 'governance.held';
}

function isShortOfMemory({ status, body }: QueryReply): boolean {
  return status === 503 && (JSON.parse(body) as Body).code === 'memory.pressure';
}
