const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** East Asian wide and fullwidth signs, and what is drawn as a picture (Unicode Annex 11). Halfwidth forms are narrow. */
const WIDE =
  /^(?![\uFF61-\uFFDC])(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Bopomofo}|[\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]|.\uFE0F)/su;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;
const COLOUR = /\u001B\[[\d;]*m/g;

/** How many columns of a terminal a line takes; colours take none. */
export function columnsOf(line: string): number {
  const bare = line.replace(COLOUR, '');
  if (/^[\u0020-\u007E]*$/.test(bare)) return bare.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(bare)) columns += columnsOfSign(segment);
  return columns;
}

function columnsOfSign(sign: string): number {
  if (NO_WIDTH.test(sign)) return 0;
  return WIDE.test(sign) ? 2 : 1;
}

/** The beginning of a line that fits, with `…` where something is missing. */
export function clipped(line: string, columns: number): string {
  if (columnsOf(line) <= columns) return line;
  return `${headOf(line, columns - 1).trimEnd()}…`;
}

/** Text as lines that fit, broken at spaces, and inside a word only where the word alone is too long. Line ends stay. */
export function wrapped(text: string, columns: number, indent = ''): string {
  const room = Math.max(1, columns - columnsOf(indent));
  return text
    .split('\n')
    .flatMap((paragraph) => linesOf(paragraph, room))
    .map((line) => `${indent}${line}`.trimEnd())
    .join('\n');
}

/** A line filled up with spaces. */
export function padded(line: string, columns: number): string {
  return line + ' '.repeat(Math.max(0, columns - columnsOf(line)));
}

/** Words of others, fit for a terminal: nothing that could steer it or show letters in another order. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu,
    (sign) => SAFE[sign] ?? `\\u{${sign.codePointAt(0)!.toString(16)}}`,
  );
}

const SAFE: Readonly<Record<string, string>> = { '\n': '\n', '\t': '  ', '\r': '' };

/** As `printable`, in one line. */
export function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim());
}

function linesOf(paragraph: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (columnsOf(longer) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = piecesOf(word, room);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

function piecesOf(word: string, room: number): string[] {
  const pieces: string[] = [];
  for (let rest = word; rest !== ''; ) {
    const piece = headOf(rest, room) || graphemes.segment(rest).containing(0)!.segment;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces;
}

function headOf(line: string, columns: number): string {
  let head = '';
  let used = 0;
  for (const { segment } of graphemes.segment(line)) {
    used += columnsOfSign(segment);
    if (used > columns) break;
    head += segment;
  }
  return head;
}
