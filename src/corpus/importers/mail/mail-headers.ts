import { addressParser, decodeWords } from 'postal-mime';
import { storedText } from '../stored-text.js';

const MAX_HEADER_BYTES = 256 * 1024;
const HEADER_LINE = /^([!-9;-~]+)[ \t]*:(.*)$/s;

/** Someone who sends or receives mail. */
export interface MailPerson {
  readonly name: string;
  /** In small letters. */
  readonly address: string;
}

/** The headers of a message as they stand, unfolded, by their names in small letters. */
export class MailHeaders {
  private constructor(private readonly values: ReadonlyMap<string, readonly string[]>) {}

  /** Reads up to the first empty line. */
  static of(message: Buffer): MailHeaders {
    const values = new Map<string, string[]>();
    for (const line of unfoldedLines(message)) {
      const header = HEADER_LINE.exec(line);
      // Some mail programs put the parting line of a mailbox before the headers.
      if (header === null) continue;
      const name = header[1]!.toLowerCase();
      const list = values.get(name);
      if (list === undefined) values.set(name, [header[2]!.trim()]);
      else list.push(header[2]!.trim());
    }
    return new MailHeaders(values);
  }

  /** Whether these are headers of a letter at all. */
  get areOfMail(): boolean {
    return (
      ['from', 'date', 'message-id', 'received', 'subject'].filter((name) => this.values.has(name)).length >=
      2
    );
  }

  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The first header of the name, its encoded words decoded; null where there is none or it is empty. */
  text(name: string): string | null {
    const value = storedText(decodeWords(this.all(name)[0] ?? '')).trim();
    return value === '' ? null : value;
  }

  people(name: string): MailPerson[] {
    return this.all(name).flatMap((value) =>
      addressParser(value, { flatten: true }).map((each) => ({
        name: storedText(each.name ?? '').trim(),
        address: storedText(each.address ?? '')
          .trim()
          .toLowerCase(),
      })),
    );
  }

  /** The ids in a header such as `References`, without their brackets. */
  ids(name: string): string[] {
    const value = storedText(this.all(name).join(' '));
    const bracketed = [...value.matchAll(/<([^<>]+)>/g)].map((match) => match[1]!);
    const ids = bracketed.length > 0 ? bracketed : value.split(/\s+/);
    return ids.map((id) => id.replaceAll(/\s+/g, '')).filter((id) => id !== '');
  }
}

function unfoldedLines(message: Buffer): string[] {
  const text = message.toString('utf8', 0, MAX_HEADER_BYTES).replace(/^\uFEFF?[\r\n]*/, '');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  return text
    .slice(0, end)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
}
