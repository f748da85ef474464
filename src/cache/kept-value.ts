import { deflateRaw, inflateRawSync } from 'node:zlib';

const PLAIN = 1;
const COMPRESSED = 2;
/** Of zlib: five times as fast as its default on text, for a tenth more bytes. */
const FASTEST = { level: 1 };

/** A value as it is kept: JSON text, compressed or not, that is parsed when somebody first asks for it. */
export class KeptValue {
  private parsed: { readonly value: unknown } | null = null;

  private constructor(
    private json: string | null,
    private readonly packed: Buffer | null,
    /** Of the JSON text, or of what it was compressed to. */
    readonly bytes: number,
    private readonly maxBytes: number,
  ) {}

  /** Null for what has no JSON form and for what takes more than `maxBytes`. */
  static of(value: unknown, maxBytes: number): KeptValue | null {
    try {
      const json: string | undefined = JSON.stringify(value);
      return json === undefined ? null : KeptValue.fromJson(json, maxBytes);
    } catch {
      // Circular, a bigint, or a `toJSON` that throws.
      return null;
    }
  }

  /** Null for bytes that `frame` has not written, and for what takes more than `maxBytes`. */
  static fromFrame(frame: Buffer, maxBytes: number, keepCompressed: boolean): KeptValue | null {
    const body = frame.subarray(1);
    if (body.length > maxBytes) return null;
    if (frame[0] === PLAIN) return KeptValue.fromJson(body.toString(), maxBytes);
    if (frame[0] !== COMPRESSED) return null;
    if (keepCompressed) return new KeptValue(null, body, body.length, maxBytes);
    try {
      return KeptValue.fromJson(inflate(body, maxBytes), maxBytes);
    } catch {
      return null;
    }
  }

  private static fromJson(json: string, maxBytes: number): KeptValue | null {
    const bytes = Buffer.byteLength(json);
    return bytes > maxBytes ? null : new KeptValue(json, null, bytes, maxBytes);
  }

  /** The value, frozen; the same object each time unless it is compressed. Throws on bytes that hold none. */
  value(): unknown {
    if (this.packed) return frozen(JSON.parse(inflate(this.packed, this.maxBytes)));
    if (!this.parsed) {
      this.parsed = { value: frozen(JSON.parse(this.json!)) };
      this.json = null;
    }
    return this.parsed.value;
  }

  /** The bytes to store elsewhere; `fromFrame` reads them. */
  frame(): Buffer {
    if (this.packed) return Buffer.concat([Buffer.of(COMPRESSED), this.packed]);
    const text = this.text();
    const frame = Buffer.allocUnsafe(1 + this.bytes);
    frame[0] = PLAIN;
    frame.write(text, 1);
    return frame;
  }

  get isCompressed(): boolean {
    return this.packed !== null;
  }

  /** The same value compressed, or this one where that would not make it smaller. */
  async compressed(): Promise<KeptValue> {
    const text = this.text();
    const packed = await new Promise<Buffer>((resolve, reject) => {
      deflateRaw(text, FASTEST, (error, bytes) => (error ? reject(error) : resolve(bytes)));
    });
    return packed.length < this.bytes ? new KeptValue(null, packed, packed.length, this.maxBytes) : this;
  }

  private text(): string {
    return this.json ?? JSON.stringify(this.parsed!.value);
  }
}

function inflate(packed: Buffer, maxBytes: number): string {
  // Bounded, since a few bytes can be told to become gigabytes.
  return inflateRawSync(packed, { maxOutputLength: maxBytes }).toString();
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
