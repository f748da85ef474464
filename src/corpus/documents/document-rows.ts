import { CopyRows } from './copy-rows.js';
import { PREPARED_COLUMNS, type PreparedBatch } from './prepared-batch.js';

/** Small enough that the embedded database answers others in between. */
const PIECE_BYTES = 256 * 1024;

const FIRST_COLUMNS = [
  'id',
  'scope_id',
  'owner_id',
  'corpus',
  'source',
  'imported_at',
  'import_id',
  'user_tags',
] as const;
const LAST_COLUMNS = ['term_ids', 'term_frequencies'] as const;
const DOCUMENT_COLUMNS = [...FIRST_COLUMNS, ...PREPARED_COLUMNS, ...LAST_COLUMNS];

/** The tables with the columns in which the rows come. */
export const DOCUMENTS_TARGET = `documents (${DOCUMENT_COLUMNS.join(', ')})`;
export const POSTINGS_TARGET = 'postings (term_id, document_id, frequency, token_count)';

/** What all documents of a batch have in common. */
export interface BatchColumns {
  readonly scopeId: number;
  readonly ownerId: string;
  readonly corpus: string;
  readonly source: string;
  readonly importedAt: Date;
  readonly importId: string | null;
}

/** Those documents of a batch that are stored, and what the database knows of them. */
export interface ChosenDocuments {
  readonly batch: PreparedBatch;
  /** Numbers of the documents in the batch. */
  readonly numbers: readonly number[];
  /** Row ids and the owner's own tags, in the same order. */
  readonly ids: readonly number[];
  readonly userTags: ReadonlyMap<number, readonly string[]>;
  /** Term ids by the numbers of the batch's stems. */
  readonly termIds: Int32Array;
}

/** Rows of `DOCUMENTS_TARGET`, some at a time. */
export function* documentRows(columns: BatchColumns, chosen: ChosenDocuments): Generator<Uint8Array> {
  const { batch, numbers, ids, userTags, termIds } = chosen;
  const shared = new CopyRows(1_024)
    .integer(columns.scopeId)
    .text(columns.ownerId)
    .text(columns.corpus)
    .text(columns.source)
    .time(columns.importedAt.toISOString())
    .uuid(columns.importId)
    .take();
  const rows = new CopyRows(PIECE_BYTES + 64 * 1024);
  for (const [at, number] of numbers.entries()) {
    const terms = termsOf(batch, number);
    rows
      .row(DOCUMENT_COLUMNS.length)
      .integer(ids[at]!)
      .encoded(shared)
      .textArray(userTags.get(ids[at]!) ?? [])
      .encoded(batch.rows.subarray(startOf(batch.rowEnds, number), batch.rowEnds[number]))
      .integerArray(terms.numbers.map((term) => termIds[term]!))
      .smallintArray(terms.frequencies);
    if (rows.length >= PIECE_BYTES) yield rows.take();
  }
  if (rows.length > 0) yield rows.take();
}

/** Rows of `POSTINGS_TARGET` by term, as the index keeps them, some at a time. */
export function* postingRows({ batch, numbers, ids, termIds }: ChosenDocuments): Generator<Uint8Array> {
  const order = postingOrder(batch, numbers, termIds);
  const rows = new CopyRows(PIECE_BYTES + 64);
  for (const { at, posting } of order) {
    rows
      .row(4)
      .integer(termIds[batch.termNumbers[posting]!]!)
      .integer(ids[at]!)
      .smallint(batch.frequencies[posting]!)
      .integer(batch.tokenCounts[numbers[at]!]!);
    if (rows.length >= PIECE_BYTES) yield rows.take();
  }
  if (rows.length > 0) yield rows.take();
}

/** In how many of the chosen documents each stem of the batch stands. */
export function documentCountsOf(batch: PreparedBatch, numbers: readonly number[]): Int32Array {
  const counts = new Int32Array(batch.stems.length);
  for (const number of numbers) for (const term of termsOf(batch, number).numbers) counts[term]!++;
  return counts;
}

/** Each posting with the place of its document among the chosen, by term id and then by place. */
function* postingOrder(
  batch: PreparedBatch,
  numbers: readonly number[],
  termIds: Int32Array,
): Generator<{ readonly at: number; readonly posting: number }> {
  const counts = documentCountsOf(batch, numbers);
  const byId = [...counts.keys()].filter((term) => counts[term]! > 0);
  byId.sort((a, b) => termIds[a]! - termIds[b]!);
  const next = new Int32Array(counts.length);
  let total = 0;
  for (const term of byId) {
    next[term] = total;
    total += counts[term]!;
  }
  const places = new Int32Array(total);
  const postings = new Int32Array(total);
  for (const [at, number] of numbers.entries())
    for (let posting = startOf(batch.termEnds, number); posting < batch.termEnds[number]!; posting++) {
      const slot = next[batch.termNumbers[posting]!]!++;
      places[slot] = at;
      postings[slot] = posting;
    }
  for (let slot = 0; slot < total; slot++) yield { at: places[slot]!, posting: postings[slot]! };
}

function termsOf(batch: PreparedBatch, number: number) {
  const from = startOf(batch.termEnds, number);
  const to = batch.termEnds[number]!;
  return { numbers: batch.termNumbers.subarray(from, to), frequencies: batch.frequencies.subarray(from, to) };
}

function startOf(ends: Int32Array, number: number): number {
  return number === 0 ? 0 : ends[number - 1]!;
}
