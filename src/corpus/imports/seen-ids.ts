import { hash } from 'node:crypto';

const FIRST_SLOTS = 1 << 12;
const MAX_LOAD = 0.75;
const WORDS = 3;

/**
 * A set of ids that keeps 96 bits of each one's SHA-256: 12 to 32 bytes an id however long it is. Two of a million ids
 * are taken for the same with a chance below 10^-17.
 */
export class SeenIds {
  #slots = FIRST_SLOTS;
  #words = new Uint32Array(FIRST_SLOTS * WORDS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(id: string): boolean {
    return !this.#isFree(this.#slotOf(digestOf(id)));
  }

  /** False where the id was there already. */
  add(id: string): boolean {
    const digest = digestOf(id);
    const slot = this.#slotOf(digest);
    if (!this.#isFree(slot)) return false;
    this.#put(slot, digest);
    this.#size++;
    if (this.#size > this.#slots * MAX_LOAD) this.#grow();
    return true;
  }

  /** The slot that holds the digest, or the free one where it would stand. */
  #slotOf([first, second, third]: Digest): number {
    let slot = first & (this.#slots - 1);
    while (!this.#isFree(slot)) {
      const at = slot * WORDS;
      if (this.#words[at] === first && this.#words[at + 1] === second && this.#words[at + 2] === third) break;
      slot = (slot + 1) & (this.#slots - 1);
    }
    return slot;
  }

  /** The third word of a digest is never 0. */
  #isFree(slot: number): boolean {
    return this.#words[slot * WORDS + 2] === 0;
  }

  #put(slot: number, digest: Digest): void {
    this.#words.set(digest, slot * WORDS);
  }

  #grow(): void {
    const former = this.#words;
    this.#slots *= 2;
    this.#words = new Uint32Array(this.#slots * WORDS);
    for (let at = 0; at < former.length; at += WORDS) {
      if (former[at + 2] === 0) continue;
      const digest: Digest = [former[at]!, former[at + 1]!, former[at + 2]!];
      this.#put(this.#slotOf(digest), digest);
    }
  }
}

type Digest = readonly [number, number, number];

function digestOf(id: string): Digest {
  const bytes = hash('sha256', id, 'buffer');
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(4), (bytes.readUInt32LE(8) | 1) >>> 0];
}
