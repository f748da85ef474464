import { hashOf, plainText, sha256Hex } from '../shared/index.js';
import type { Ask, AskGroup } from './asks.js';
import { type AskEntry, askHash, type JournalEntry } from './journal.js';
import type { Stage } from './stage.js';
import { STAGES } from './stages/index.js';
import { newWork, type RunRequest } from './work.js';

/** What a replay found. `identical` means: the same asks, the same outputs, byte for byte. */
export interface Replay {
  readonly identical: boolean;
  readonly asks: number;
  /** The first place where it went another way, or null. */
  readonly difference: string | null;
  /** SHA-256 (hex) of the text the replay ended with. */
  readonly textSha256: string;
}

/** Feeds recorded answers back to the stages. Pure: nothing is searched, written or measured anew. */
export function replay(request: RunRequest, journal: readonly JournalEntry[]): Replay {
  let work = newWork(request);
  const used = { asks: 0 };
  let difference: string | null = null;
  for (const stage of STAGES) {
    if (work.outcome === 'insufficient_context') break;
    const recorded = journal.filter((entry) => entry.role === stage.role);
    const output = drive(stage, work, recorded, used);
    if (typeof output === 'string')
      return { identical: false, asks: used.asks, difference: output, textSha256: '' };
    work = output.work;
    const check = recorded.find((entry) => entry.kind === 'check');
    if (check && check.outputHash !== hashOf(output.emitted)) difference ??= `${stage.role}: another output`;
    if (check?.verdict.outcome === 'critical') break;
  }
  return {
    identical: difference === null,
    asks: used.asks,
    difference,
    textSha256: sha256Hex(plainText(work.text)),
  };
}

function drive(
  stage: Stage,
  work: Parameters<Stage['run']>[0],
  recorded: readonly JournalEntry[],
  used: { asks: number },
) {
  const answers = recorded.filter((entry): entry is AskEntry => entry.kind === 'ask');
  const program = stage.run(work);
  let at = 0;
  let step = program.next();
  while (!step.done) {
    const asks = asksOf(step.value);
    const entries = answers.slice(at, at + asks.length);
    const wrong = asks.findIndex((ask, index) => entries[index]?.askHash !== askHash(ask));
    if (wrong !== -1) return `${stage.role}: ask ${at + wrong + 1} is not the recorded one`;
    at += asks.length;
    used.asks += asks.length;
    const sent = step.value.type === 'all' ? entries.map((entry) => entry.answer) : entries[0]?.answer;
    step = program.next(sent as never);
  }
  return step.value;
}

function asksOf(step: Ask | AskGroup): readonly Ask[] {
  return step.type === 'all' ? step.asks : [step];
}
