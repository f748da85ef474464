import { type Entry, getFileNameLowLevel } from 'yauzl';

/** UTF-8 even where the archive does not say so, as several programs write it; else what the archive says. */
export function nameOfEntry(entry: Entry): string {
  try {
    const name = new TextDecoder('utf-8', { fatal: true }).decode(entry.fileNameRaw);
    if (!/[^\x20-\x7e]/.test(name) || !hasUnicodeField(entry)) return name.replaceAll('\\', '/');
  } catch {
    // The name is in another encoding.
  }
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function hasUnicodeField(entry: Entry): boolean {
  return entry.extraFields.some(({ id }) => id === 0x7075);
}

/** A name that leads out of the archive: no file of an export has one. */
export function climbsOut(name: string): boolean {
  return name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.split('/').includes('..');
}

/** Whether a name is one of a file a person sees: no folder, nothing hidden, nothing of the packing program. */
export function isVisibleName(name: string): boolean {
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && part !== '__MACOSX');
}

/** Archives of Unix keep links as files that hold a path. */
export function isLinkEntry(entry: Entry): boolean {
  const isUnix = entry.versionMadeBy >> 8 === 3;
  return isUnix && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}
