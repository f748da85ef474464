/** One message of PostgreSQL's protocol, whole. */
export interface WireMessage {
  /** Its letter; empty for the first one of a line, which has none. */
  readonly type: string;
  readonly bytes: Buffer;
}

const LENGTH_BYTES = 4;

/** Cuts the bytes of one direction of a line into messages. */
export class MessageReader {
  private rest: Buffer = Buffer.alloc(0);

  /** `hasOpening`: the first message has no letter, as what a client sends first. */
  constructor(private hasOpening: boolean) {}

  read(chunk: Buffer): WireMessage[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const messages: WireMessage[] = [];
    for (;;) {
      const letters = this.hasOpening ? 0 : 1;
      if (this.rest.length < letters + LENGTH_BYTES) return messages;
      const length = letters + this.rest.readInt32BE(letters);
      if (this.rest.length < length) return messages;
      const bytes = this.rest.subarray(0, length);
      messages.push({ type: letters === 0 ? '' : String.fromCharCode(bytes[0]!), bytes });
      this.rest = this.rest.subarray(length);
      this.hasOpening = false;
    }
  }
}

/** The statement that a client's message brings; null where it brings none. */
export function statementOf({ type, bytes }: WireMessage): string | null {
  if (type === 'Q') return textAt(bytes, 5);
  if (type !== 'P') return null;
  return textAt(bytes, bytes.indexOf(0, 5) + 1);
}

function textAt(bytes: Buffer, from: number): string {
  return bytes.toString('utf8', from, bytes.indexOf(0, from));
}
