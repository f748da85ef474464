const MAX_TITLE_CHARS = 300;

/** A text that every database can hold: no NUL characters, no halves of surrogate pairs; line ends as `\n`. */
export function storedText(text: string): string {
  return text.replaceAll('\u0000', '').replaceAll(/\r\n?/g, '\n').toWellFormed();
}

/** A title in one line of at most 300 characters, or null where nothing is left. */
export function storedTitle(title: string | null): string | null {
  const line = storedText(title ?? '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return line === '' ? null : line.slice(0, MAX_TITLE_CHARS).toWellFormed();
}
