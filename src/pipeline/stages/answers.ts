import type { Verdict } from '../../governance/index.js';
import type { CitedText, Role } from '../../shared/index.js';
import type { Answer, Measured } from '../asks.js';
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

/**
 * Whether a text behind the firebreak can stand. A score that is a little low does not speak against it: the text it
 * was made from has the same; a finding does.
 */
export function isSound(verdict: Verdict): boolean {
  return verdict.outcome !== 'critical' && verdict.findings.length === 0;
}

/** The sentences that were found and, where the text is grounded too little, its least supported one. */
export function faulty(text: CitedText, { report, verdict }: Measured): CitedText {
  const found = new Set(verdict.findings.map((finding) => finding.sentence));
  if (verdict.missed.some(({ score }) => score === 'grounding')) {
    const [weakest] = report.support.toSorted((one, other) => one.score - other.score);
    if (weakest) found.add(weakest.sentence);
  }
  return text.filter((_, index) => found.has(index));
}

/** The text without what is faulty in it. A text that would lose everything stays as it is. */
export function mended(text: CitedText, measured: Measured): CitedText {
  const dropped = new Set(faulty(text, measured));
  return dropped.size > 0 && dropped.size < text.length ? text.filter((each) => !dropped.has(each)) : text;
}
