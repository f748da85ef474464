/** A heading stands near the top or is no title. */
const MAX_LINES = 200;
const MAX_LINE_CHARS = 500;

/** The text of the first Markdown heading, outside fenced code; null where there is none near the top. */
export function firstHeading(text: string): string | null {
  let fenced = false;
  let previous = '';
  for (const line of text.slice(0, MAX_LINES * MAX_LINE_CHARS).split('\n', MAX_LINES)) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    if (fenced || line.length > MAX_LINE_CHARS) {
      previous = '';
      continue;
    }
    const heading =
      /^#{1,6}[ \t]+(.*)$/.exec(line)?.[1] ?? (/^(?:={3,}|-{3,})\s*$/.test(line) ? previous : '');
    const title = heading.replace(/(?:^|[ \t]+)#*[ \t]*$/, '').trim();
    if (title !== '') return title;
    previous = line.trim();
  }
  return null;
}
