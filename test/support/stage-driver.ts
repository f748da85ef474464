import type { Answer, Ask, AskGroup, StageProgram } from '../../src/pipeline/asks.js';

/** Answers one ask of a stage under test. Throws on an ask the test did not plan. */
export type Answering = (ask: Ask, index: number) => Answer<unknown>;

/** Drives a stage by hand: the asks it made, in order, and what it returned. */
export function driveStage<Output>(
  program: StageProgram<Output>,
  answering: Answering,
): { asks: Ask[]; output: Output } {
  const asks: Ask[] = [];
  const answer = (ask: Ask): Answer<unknown> => {
    asks.push(ask);
    return answering(ask, asks.length - 1);
  };
  let step: IteratorResult<Ask | AskGroup, Output> = program.next();
  while (!step.done) {
    const sent = step.value.type === 'all' ? step.value.asks.map(answer) : answer(step.value);
    step = program.next(sent as never);
  }
  return { asks, output: step.value };
}
