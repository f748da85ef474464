import type { DocumentGroups } from './export-format.js';
import { noteNameOf, noteOf } from './markdown-note.js';
import { type ZipFile, zipBytes } from './zip-bytes.js';

/** A ZIP of one folder with a file for each document. */
export function markdownBytes(groups: DocumentGroups, folder: string): AsyncGenerator<Uint8Array> {
  return zipBytes(filesOf(groups, folder));
}

async function* filesOf(groups: DocumentGroups, folder: string): AsyncGenerator<ZipFile> {
  for await (const group of groups) {
    for (const each of group) {
      const { createdAt } = each.document;
      yield {
        name: `${folder}/${noteNameOf(each)}`,
        bytes: Buffer.from(noteOf(each)),
        modifiedAt: createdAt === null ? null : new Date(createdAt),
      };
    }
  }
}
