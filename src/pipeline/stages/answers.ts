import type { Role } from '../../shared/index.js';
import type { Answer } from '../asks.js';
import { StageBlocked } from '../stage.js';

/** The value of an answer the stage cannot do without; blocks the stage where there is none. */
export function required<A>(role: Role, answer: Answer<A>): A {
  if (answer.status === 'done') return answer.value;
  const code = answer.status === 'denied' ? 'governance.denied' : answer.code;
  throw new StageBlocked(role, code, answer.message);
}

/** The values of those asks that got one; a denied corpus is simply not used. */
export function available<A>(answers: readonly Answer<A>[]): A[] {
  return answers.flatMap((answer) => (answer.status === 'done' ? [answer.value] : []));
}
