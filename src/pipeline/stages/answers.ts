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

/**
 * The text without what was found in it and, where it is grounded too little, without its least supported sentence.
 * A text that would lose everything stays as it is.
 */
export function mended(text: CitedText, { report, verdict }: Measured): CitedText {
  const dropped = new Set(verdict.findings.map((finding) => finding.sentence));
  if (verdict.missed.some(({ score }) => score === 'grounding')) {
    const [weakest] = report.support.toSorted((one, other) => one.score - other.score);
    if (weakest) dropped.add(weakest.sentence);
  }
  const kept = text.filter((_, index) => !dropped.has(index));
  return kept.length > 0 && kept.length < text.length ? kept : text;
}
