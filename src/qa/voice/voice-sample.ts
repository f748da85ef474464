import { detectContacts, detectSensitive, type Span, sha256Hex, splitSentences } from '../../shared/index.js';

/** Some consecutive sentences of one text. */
export interface SampleRun {
  /** Names the run and orders the sample: the same text has the same place wherever it was met. */
  readonly hash: string;
  /** Which fold of the profile's counts holds this run. */
  readonly fold: number;
  /** UTF-8 length of the run as it was written. */
  readonly bytes: number;
  readonly text: string;
}

const MAX_RUN_CHARS = 6_000;
/** The sample may pass this by one run. */
const MAX_SAMPLE_BYTES = 54_000;
const HASH_CHARS = 16;

/** The first 64 bits of a text's SHA-256, in hex. */
export function textHash(text: string): string {
  return sha256Hex(text).slice(0, HASH_CHARS);
}

/** A text in runs of whole sentences, some 1,000 words each; the last one may be shorter. */
export function runsOf(text: string): string[] {
  const runs: string[] = [];
  let start: number | undefined;
  let end = 0;
  for (const span of splitSentences(text)) {
    if (start !== undefined && span.end - start > MAX_RUN_CHARS) {
      runs.push(cut(text, start, end));
      start = undefined;
    }
    start ??= span.start;
    end = span.end;
  }
  if (start !== undefined) runs.push(cut(text, start, end));
  return runs;
}

/** One sentence may be a megabyte long. */
function cut(text: string, start: number, end: number): string {
  return text.slice(start, Math.min(end, start + MAX_RUN_CHARS)).toWellFormed();
}

/** The runs of a part of a text, which all lie in one fold. */
export function sampleRuns(part: string, fold: number): SampleRun[] {
  return runsOf(part).map((text) => ({ hash: textHash(text), fold, bytes: Buffer.byteLength(text), text }));
}

/**
 * The runs with the smallest hashes, up to and with the one that fills the sample (bottom-k sampling, Cohen and Kaplan
 * 2007). What stays does not depend on the order in which runs came: the run that filled a part's sample stands in it,
 * so that the whole is not taken for emptier than it is.
 */
export function boundedSample(runs: readonly SampleRun[]): readonly SampleRun[] {
  const ordered = runs.toSorted(
    (one, other) => compare(one.hash, other.hash) || one.fold - other.fold || compare(one.text, other.text),
  );
  let bytes = 0;
  const last = ordered.findIndex((run) => {
    bytes += run.bytes;
    return bytes >= MAX_SAMPLE_BYTES;
  });
  return last === -1 ? ordered : ordered.slice(0, last + 1);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** The run without the sentences that hold secrets, personal numbers, e-mail addresses or phone numbers. */
export function withoutPersonalData(run: SampleRun): SampleRun {
  const found = [...detectSensitive(run.text), ...detectContacts(run.text)].map(({ span }) => span);
  if (found.length === 0) return run;
  const overlaps = (one: Span) => found.some((other) => one.start < other.end && other.start < one.end);
  const kept = splitSentences(run.text).filter((sentence) => !overlaps(sentence));
  return { ...run, text: kept.map(({ start, end }) => run.text.slice(start, end)).join(' ') };
}
