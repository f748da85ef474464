import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportedDocument } from './imported-document.js';
import { withSafetyTags } from './safety-tags.js';

/** About 10 ms of work. */
const TAGGED_AT_ONCE_CHARS = 50_000;

/**
 * The tags that each document is stored with. Safety tags are looked for only in what is really stored, and are no part
 * of its content hash: a later release may find others, and an equal document must stay unchanged then.
 */
export async function storedTags(documents: readonly ImportedDocument[]): Promise<(readonly string[])[]> {
  const tags: (readonly string[])[] = [];
  let chars = TAGGED_AT_ONCE_CHARS;
  for (const document of documents) {
    chars += document.text.length;
    // Answers of the database and requests of people come in between.
    if (chars >= TAGGED_AT_ONCE_CHARS) {
      await nextTurn();
      chars = document.text.length;
    }
    tags.push(withSafetyTags(document));
  }
  return tags;
}
