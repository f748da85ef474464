const FIRST_BYTES = 64 * 1024;
const TEXT_TYPE = 25;
/** 2000-01-01, where PostgreSQL's time begins. */
const EPOCH_MS = 946_684_800_000;
const NULL = -1;

/** Writes rows in the binary format of COPY: each value is its length and its bytes, null has the length -1. */
export class CopyRows {
  #bytes: Buffer;
  #length = 0;

  constructor(capacityBytes = FIRST_BYTES) {
    this.#bytes = Buffer.allocUnsafe(capacityBytes);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written since the last `take`; the buffer is the taker's own. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.allocUnsafe(this.#bytes.length);
    this.#length = 0;
    return taken as Uint8Array<ArrayBuffer>;
  }

  /** Starts a row of this many values. */
  row(fields: number): this {
    this.#reserve(2);
    return this.#int16(fields);
  }

  /** Values that were encoded before. */
  encoded(values: Uint8Array): this {
    this.#reserve(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
    return this;
  }

  null(): this {
    this.#reserve(4);
    return this.#int32(NULL);
  }

  text(value: string | null): this {
    if (value === null) return this.null();
    this.#reserve(4 + value.length * 3);
    return this.#textAt(value);
  }

  smallint(value: number): this {
    this.#reserve(6);
    return this.#int32(2).#int16(value);
  }

  integer(value: number | null): this {
    if (value === null) return this.null();
    this.#reserve(8);
    return this.#int32(4).#int32(value);
  }

  /** An ISO 8601 time, kept to the millisecond. */
  time(iso: string | null): this {
    if (iso === null) return this.null();
    this.#reserve(12);
    this.#int32(8);
    this.#length = this.#bytes.writeBigInt64BE(
      BigInt(new Date(iso).getTime() - EPOCH_MS) * 1_000n,
      this.#length,
    );
    return this;
  }

  uuid(value: string | null): this {
    if (value === null) return this.null();
    this.#reserve(20);
    this.#int32(16);
    this.#length += this.#bytes.write(value.replaceAll('-', ''), this.#length, 'hex');
    return this;
  }

  textArray(values: readonly string[] | null): this {
    if (values === null) return this.null();
    const chars = values.reduce((sum, value) => sum + value.length, 0);
    this.#reserve(24 + values.length * 4 + chars * 3);
    const start = this.#arrayStart(values.length, TEXT_TYPE);
    for (const value of values) this.#textAt(value);
    this.#bytes.writeInt32BE(this.#length - start - 4, start);
    return this;
  }

  integerArray(values: ArrayLike<number>): this {
    return this.#numberArray(values, 23, 4);
  }

  smallintArray(values: ArrayLike<number>): this {
    return this.#numberArray(values, 21, 2);
  }

  #numberArray(values: ArrayLike<number>, type: number, width: 2 | 4): this {
    this.#reserve(24 + values.length * (4 + width));
    const start = this.#arrayStart(values.length, type);
    for (let at = 0; at < values.length; at++) {
      this.#int32(width);
      if (width === 4) this.#int32(values[at]!);
      else this.#int16(values[at]!);
    }
    this.#bytes.writeInt32BE(this.#length - start - 4, start);
    return this;
  }

  /** Where the length of the value goes; an empty array has no dimension. */
  #arrayStart(items: number, type: number): number {
    const start = this.#length;
    this.#int32(0)
      .#int32(items === 0 ? 0 : 1)
      .#int32(0)
      .#int32(type);
    if (items > 0) this.#int32(items).#int32(1);
    return start;
  }

  #textAt(value: string): this {
    const bytes = this.#bytes.write(value, this.#length + 4, 'utf8');
    this.#int32(bytes);
    this.#length += bytes;
    return this;
  }

  #int16(value: number): this {
    this.#length = this.#bytes.writeInt16BE(value, this.#length);
    return this;
  }

  #int32(value: number): this {
    this.#length = this.#bytes.writeInt32BE(value, this.#length);
    return this;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
