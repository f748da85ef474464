/** The beginning of a row, as far as it must be seen to know it. */
const ROW_BEGIN = /^\\"\r?\n(?:$|"?\d{4}-\d\d-\d\d[ ,"])/;
const LOOK_AHEAD = 24;

/**
 * Takes off the quotation marks that LinkedIn puts around the lines of a text of several lines, or before each but the
 * first. A text whose own lines begin so by chance has its marks in pairs within each line, and stays as it is.
 */
export function withoutLineQuotes(text: string): string {
  const [first, ...others] = text.split(/\r?\n/) as [string, ...string[]];
  if (others.length === 0 || !others.every((line) => line.startsWith('"'))) return text;
  const hasLoneMark = others.slice(0, -1).includes('"');
  const isWrapped = [first, ...others.slice(0, -1)].every((line) => line.endsWith('"'));
  if (isWrapped && (hasLoneMark ? !hasPairs(first) : !isOnePair(first, others))) {
    return [
      withoutLast(first),
      ...others.slice(0, -1).map((line) => withoutLast(line.slice(1))),
      others.at(-1)!.slice(1),
    ].join('\n');
  }
  const isLed = hasLoneMark || others.every((line) => !hasPairs(line));
  return isLed ? [first, ...others.map((line) => line.slice(1))].join('\n') : text;
}

/** Writes quotation marks that are marked by a back-slash, as in tables of comments, as the rules of tables want it. */
export async function* withDoubledQuotes(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const text = rest + chunk;
    const end = Math.max(0, text.length - LOOK_AHEAD);
    const { done, read } = doubled(text, end);
    rest = text.slice(read);
    if (done !== '') yield done;
  }
  const { done } = doubled(rest, rest.length);
  if (done !== '') yield done;
}

/** Rewrites what begins before `end`. */
function doubled(text: string, end: number): { readonly done: string; readonly read: number } {
  let done = '';
  let read = 0;
  for (let at = text.indexOf('\\"'); at !== -1 && at < end; at = text.indexOf('\\"', read)) {
    // Where the next row begins, the mark ends the value, and the back-slash is a sign of it.
    const endsRow = ROW_BEGIN.test(text.slice(at, at + LOOK_AHEAD)) || at + 2 === text.length;
    done += `${text.slice(read, at)}${endsRow ? '\\"' : '""'}`;
    read = at + 2;
  }
  const upTo = Math.max(read, end);
  return { done: done + text.slice(read, upTo), read: upTo };
}

function withoutLast(line: string): string {
  return line.endsWith('"') ? line.slice(0, -1) : line;
}

/** Two lines, each with its own marks. */
function isOnePair(first: string, others: readonly string[]): boolean {
  return others.length === 1 && hasPairs(first) && hasPairs(others[0]!);
}

function hasPairs(line: string): boolean {
  return (line.match(/"/g)?.length ?? 0) % 2 === 0;
}
