import type { Role } from '../../shared/index.js';
import type { Answer, StageProgram, Writer } from '../asks.js';
import type { RunRequest } from '../work.js';
import { required } from './answers.js';

/** Those writers in their order, each engine once: what failed is not asked again under another name. */
export function distinctWriters(request: RunRequest, order: readonly Writer[]): Writer[] {
  const engines = new Set<string>();
  return order.filter((writer) => {
    const isNew = !engines.has(request.writers[writer]);
    engines.add(request.writers[writer]);
    return isNew;
  });
}

/** What was written, and what stood in for the first writer, or null. */
export interface Written<A> {
  readonly value: A;
  readonly fallback: string | null;
}

/** Asks the configured writer and, where it gives nothing, the local engine. Each is an ask of its own. */
export function* written<A>(
  role: Role,
  request: RunRequest,
  attempt: (writer: Writer) => StageProgram<Answer<A>>,
): StageProgram<Written<A>> {
  const [first = 'primary', ...others] = distinctWriters(request, ['primary', 'local']);
  let answer = yield* attempt(first);
  let fallback: string | null = null;
  for (const writer of others) {
    if (answer.status === 'done') break;
    answer = yield* attempt(writer);
    fallback = writer;
  }
  return { value: required(role, answer), fallback };
}

/** An answer that is there already, as a program: for a first attempt that was made beside other asks. */
// biome-ignore lint/correctness/useYield: it has nothing to ask
export function* given<A>(answer: Answer<A>): StageProgram<Answer<A>> {
  return answer;
}
