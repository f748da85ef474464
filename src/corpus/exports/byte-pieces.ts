const PIECE_BYTES = 64 * 1024;

/** Joins what is written into pieces that are worth sending. */
export class BytePieces {
  #parts: Uint8Array[] = [];
  #length = 0;

  /** The joined bytes where there are enough of them. */
  *add(part: Uint8Array): Generator<Uint8Array> {
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#length >= PIECE_BYTES) yield* this.rest();
  }

  /** What was not sent yet. */
  *rest(): Generator<Uint8Array> {
    if (this.#length > 0) yield Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
  }
}
