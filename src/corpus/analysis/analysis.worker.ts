import { move, transferableSymbol, valueSymbol } from 'piscina';
import { type BatchContent, prepareBatch } from '../documents/prepared-batch.js';
import type { ScreenedText } from '../documents/safety-tags.js';

/** Runs in a thread of its own: a prepared batch, whose bytes pass to the caller without a copy. */
export async function prepare(content: BatchContent): Promise<unknown> {
  const batch = await prepareBatch(content, null);
  const buffers = Object.values(batch).flatMap((each) => (ArrayBuffer.isView(each) ? [each.buffer] : []));
  return move({ [transferableSymbol]: buffers, [valueSymbol]: batch });
}

/** Runs in a thread of its own: the safety tags of each text. */
export async function screen(texts: readonly ScreenedText[]): Promise<(readonly string[])[]> {
  // What finds them is large: a thread that only prepares batches does without.
  const { safetyTagsOf } = await import('../documents/safety-tags.js');
  return texts.map(safetyTagsOf);
}
