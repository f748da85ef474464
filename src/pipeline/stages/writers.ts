import type { Role } from '../../shared/index.js';
import type { Answer, StageProgram, Writer, WriterChoice } from '../asks.js';
import type { RunRequest } from '../work.js';
import { required } from './answers.js';

const NOBODY = { status: 'failed', code: 'provider.none', message: 'No writer is set.' } as const;

/** Those writers in their order, each engine once: what failed is not asked again under another name. */
function distinctWriters(request: RunRequest, order: readonly Writer[]): Writer[] {
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

/** The writers a stage may turn to, in order; what was kept of the first stands before the engines that replace it. */
function choicesOf(request: RunRequest, order: readonly Writer[]): WriterChoice[] {
  const [first, ...others] = distinctWriters(request, order).map((writer) => ({ writer }));
  if (first === undefined) return [];
  return request.mayRecall ? [first, { ...first, kept: true }, ...others] : [first, ...others];
}

/** Asks the configured writer and, where it gives nothing, what stands in for it. Each is an ask of its own. */
export function* written<A>(
  role: Role,
  request: RunRequest,
  attempt: (choice: WriterChoice) => StageProgram<Answer<A>>,
  order: readonly Writer[] = ['primary', 'local'],
): StageProgram<Written<A>> {
  let answer: Answer<A> | null = null;
  let refusal: Answer<A> | null = null;
  for (const choice of choicesOf(request, order)) {
    if (answer !== null && isSkipped(choice, answer)) continue;
    answer = yield* attempt(choice);
    if (answer.status === 'done') return { value: answer.value, fallback: standsInAs(choice, order) };
    // That nothing was kept says less than why something had to be.
    if (!choice.kept) refusal = answer;
  }
  return { value: required(role, refusal ?? NOBODY), fallback: null };
}

/** Asks one writer after the other until a text stands its checks; null where none does. */
export function* standing<A, R>(
  request: RunRequest,
  order: readonly Writer[],
  attempt: (choice: WriterChoice) => StageProgram<Answer<A>>,
  check: (value: A) => StageProgram<R | null>,
): StageProgram<Written<R> | null> {
  let answer: Answer<A> | null = null;
  for (const choice of choicesOf(request, order)) {
    if (answer !== null && isSkipped(choice, answer)) continue;
    answer = yield* attempt(choice);
    const value = answer.status === 'done' ? yield* check(answer.value) : null;
    if (value !== null) return { value, fallback: standsInAs(choice, order) };
  }
  return null;
}

/** What was kept helps where a writer failed: a denial must not be got round by it, and a text that fell stays fallen. */
function isSkipped({ kept }: WriterChoice, { status }: Answer<unknown>): boolean {
  return kept === true && status !== 'failed';
}

/** What stood in for the first writer, as the record names it; null for the first one itself. */
function standsInAs({ writer, kept }: WriterChoice, [first]: readonly Writer[]): string | null {
  if (kept) return 'kept';
  return writer === first ? null : writer;
}

/** An answer that is there already, as a program: for a first attempt that was made beside other asks. */
// biome-ignore lint/correctness/useYield: it has nothing to ask
export function* given<A>(answer: Answer<A>): StageProgram<Answer<A>> {
  return answer;
}
