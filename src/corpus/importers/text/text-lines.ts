/** The lines of a text that comes in pieces, without their ends; null in place of one that is too long. */
export async function* textLines(
  pieces: AsyncIterable<string>,
  maxChars: number,
): AsyncGenerator<string | null> {
  let line: string | null = '';
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', from)) {
      yield joined(line, piece.slice(from, end), maxChars);
      line = '';
      from = end + 1;
    }
    line = joined(line, piece.slice(from), maxChars);
  }
  if (line !== '') yield line;
}

function joined(begin: string | null, more: string, maxChars: number): string | null {
  return begin === null || begin.length + more.length > maxChars ? null : begin + more;
}
