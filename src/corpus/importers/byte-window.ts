const INITIAL_BYTES = 256 * 1024;
/** A window that grew beyond this for one large value gives the memory back. */
const KEEP_BYTES = 4 * 1024 * 1024;

/** The part of a byte stream that is being looked at: grows at its end, is discarded from its start. */
export class ByteWindow {
  #buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  #start = 0;
  #end = 0;
  readonly #source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** A view, valid until the next `more` or `discard`. */
  get bytes(): Buffer {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Appends the next chunk of the stream; false at its end. */
  async more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#makeRoom(next.value.length);
    this.#buffer.set(next.value, this.#end);
    this.#end += next.value.length;
    return true;
  }

  /** Reads on until at least `count` bytes are there, or the stream ends. */
  async fill(count: number): Promise<void> {
    while (this.#end - this.#start < count && (await this.more())) {
      // `more` has done the work.
    }
  }

  discard(count: number): void {
    this.#start = Math.min(this.#start + count, this.#end);
    if (this.#buffer.length > KEEP_BYTES && this.#end - this.#start < KEEP_BYTES / 2)
      this.#moveTo(KEEP_BYTES);
  }

  /** Lets go of the stream before its end. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  #makeRoom(count: number): void {
    if (this.#end + count <= this.#buffer.length) return;
    const needed = this.#end - this.#start + count;
    if (needed <= this.#buffer.length / 2) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    } else {
      this.#moveTo(Math.max(needed, this.#buffer.length * 2));
    }
  }

  #moveTo(capacity: number): void {
    const moved = Buffer.allocUnsafeSlow(capacity);
    this.#buffer.copy(moved, 0, this.#start, this.#end);
    this.#buffer = moved;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
