/** The text of a file's bytes, and a note where its encoding had to be guessed; null for what is no text. */
export interface DecodedText {
  readonly text: string;
  readonly note: string | null;
}

/** Decodes UTF-8, UTF-16 with a byte order mark, and else Windows-1252; null for binary content. */
export function decodeText(bytes: Buffer): DecodedText | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), note: null };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), note: null };
  if (bytes.includes(0)) return null;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), note: null };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), note: 'not UTF-8: read as Windows-1252' };
  }
}
