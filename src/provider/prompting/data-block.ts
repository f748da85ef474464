/**
 * Corpus text is data: one JSON object a line between `<<<NAME` and `NAME>>>`. No item can close the block: JSON keeps
 * it on its line, and of three angle brackets in a row one is written as an escape that decodes to the same text.
 */
export function dataBlock(name: string, items: readonly object[]): string {
  const lines = items.map((item) => JSON.stringify(item).replace(/<<<|>>>|[\u2028\u2029]/g, broken));
  return [`<<<${name}`, ...lines, `${name}>>>`].join('\n');
}

/** Escapes the last character, so that whatever follows begins a new run. */
function broken(mark: string): string {
  const last = mark.charCodeAt(mark.length - 1);
  return `${mark.slice(0, -1)}\\u${last.toString(16).padStart(4, '0')}`;
}
