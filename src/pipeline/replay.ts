import { hashOf, plainText, sha256Hex } from '../shared/index.js';
import { asksOf } from './asks.js';
import { handOver } from './hand-over.js';
import { type AskEntry, askHash, type CheckEntry, type JournalEntry, searchedIn } from './journal.js';
import type { Stage, StageOutput } from './stage.js';
import { STAGES } from './stages/index.js';
import { newWork, type RunRequest, type Work } from './work.js';

/** What a replay found. `identical` means: the same asks, the same outputs, byte for byte. */
export interface Replay {
  readonly identical: boolean;
  readonly asks: number;
  /** The first place where it went another way, or null. */
  readonly difference: string | null;
  /** SHA-256 (hex) of the text the replay ended with. */
  readonly textSha256: string;
}

/** Where a journal and the stages part. */
class Difference extends Error {}

/** Feeds recorded answers back to the stages. Pure: nothing is searched, written or measured anew. */
export function replay(request: RunRequest, journal: readonly JournalEntry[]): Replay {
  const asks = journal.filter((entry) => entry.kind === 'ask').length;
  try {
    const work = walk(newWork(request), journal);
    return { identical: true, asks, difference: null, textSha256: sha256Hex(plainText(work.text)) };
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    return { identical: false, asks, difference: error.message, textSha256: '' };
  }
}

function walk(start: Work, journal: readonly JournalEntry[]): Work {
  let work = start;
  for (const [at, stage] of STAGES.entries()) {
    const recorded = journal.filter((entry) => entry.role === stage.role);
    const output = drive(
      stage,
      work,
      recorded.filter((entry) => entry.kind === 'ask'),
    );
    work = handOver(work, output, searchedIn(recorded, stage.role));
    const isLast = work.outcome !== 'answered' || verdictOn(stage, work, recorded) === 'critical';
    if (!isLast) continue;
    const later = STAGES.slice(at + 1).map((each) => each.role);
    if (journal.some((entry) => later.includes(entry.role)))
      throw new Difference(`${stage.role}: the run ended here, the journal goes on`);
    break;
  }
  return work;
}

/** The recorded verdict on exactly this text. */
function verdictOn(
  stage: Stage,
  work: Work,
  recorded: readonly JournalEntry[],
): CheckEntry['verdict']['outcome'] {
  const check = recorded.find((entry) => entry.kind === 'check');
  if (!check) throw new Difference(`${stage.role}: its output was never checked`);
  if (check.outputHash !== hashOf(work.text)) throw new Difference(`${stage.role}: another output`);
  return check.verdict.outcome;
}

function drive(stage: Stage, work: Work, recorded: readonly AskEntry[]): StageOutput {
  const program = stage.run(work);
  let at = 0;
  let step = program.next();
  while (!step.done) {
    const asks = asksOf(step.value);
    const entries = recorded.slice(at, at + asks.length);
    const wrong = asks.findIndex((ask, index) => entries[index]?.askHash !== askHash(ask));
    if (wrong !== -1) throw new Difference(`${stage.role}: ask ${at + wrong + 1} is not the recorded one`);
    at += asks.length;
    const sent = step.value.type === 'all' ? entries.map((entry) => entry.answer) : entries[0]?.answer;
    step = program.next(sent as never);
  }
  if (at !== recorded.length)
    throw new Difference(`${stage.role}: the journal holds asks that were not made`);
  return step.value;
}
