import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { BytePieces } from './byte-pieces.js';

/** A file for an archive. */
export interface ZipFile {
  /** With forward slashes, in UTF-8. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Null for one without a time. */
  readonly modifiedAt: Date | null;
}

const deflateInThread = promisify(deflateRaw);
/** Packing less takes no longer than asking a thread to do it. */
const PACKED_HERE_BYTES = 32 * 1024;

const VERSION = 45;
const MADE_ON_UNIX = (3 << 8) | VERSION;
const NAMES_ARE_UTF8 = 1 << 11;
const DEFLATED = 8;
const PLAIN_FILE = (0o100644 << 16) >>> 0;
/** 1980-01-01, where the times of archives begin. */
const FIRST_DAY = 0x21;
const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;
/** Entries of the directory are kept together, so that each takes little more than its bytes. */
const ENTRIES_TOGETHER = 1_000;

/**
 * An archive (APPNOTE 6.3, with ZIP64 where it is needed), file by file: sizes are known before a file is written, so
 * it can be read from a stream. What is held of a file that is sent is its line in the directory.
 */
export async function* zipBytes(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const pieces = new BytePieces();
  const directory = new Directory();
  let offset = 0;
  for await (const file of files) {
    const isShort = file.bytes.length <= PACKED_HERE_BYTES;
    const packed = isShort ? deflateRawSync(file.bytes) : await deflateInThread(file.bytes);
    const facts = factsOf(file, packed.length);
    const name = Buffer.from(file.name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    facts.copy(head, 4);
    head.writeUInt16LE(name.length, 26);
    directory.add(facts, name, offset);
    for (const part of [head, name, packed]) {
      offset += part.length;
      for (const piece of pieces.add(part)) {
        yield piece;
        // Others get their turn while a reader takes all at once.
        await nextTurn();
      }
    }
  }
  for (const part of directory.parts(offset)) yield* pieces.add(part);
  yield* pieces.rest();
}

/** What stands of a file before it and in the directory. */
function factsOf({ bytes, modifiedAt }: ZipFile, packedLength: number): Buffer {
  const { day, time } = dosTimeOf(modifiedAt);
  const facts = Buffer.alloc(22);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt16LE(NAMES_ARE_UTF8, 2);
  facts.writeUInt16LE(DEFLATED, 4);
  facts.writeUInt16LE(time, 6);
  facts.writeUInt16LE(day, 8);
  facts.writeUInt32LE(crc32(bytes), 10);
  facts.writeUInt32LE(packedLength, 14);
  facts.writeUInt32LE(bytes.length, 18);
  return facts;
}

/** In UTC; times outside of 1980 to 2107 cannot be told. */
function dosTimeOf(at: Date | null): { readonly day: number; readonly time: number } {
  const year = at?.getUTCFullYear() ?? 0;
  if (at === null || year < 1980 || year > 2107) return { day: FIRST_DAY, time: 0 };
  return {
    day: ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}

class Directory {
  #count = 0;
  #parts: Buffer[] = [];
  #recent: Buffer[] = [];

  add(facts: Buffer, name: Buffer, offset: number): void {
    const isFar = offset >= MAX_32;
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(MADE_ON_UNIX, 4);
    facts.copy(entry, 6);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(isFar ? 12 : 0, 30);
    entry.writeUInt32LE(PLAIN_FILE, 38);
    entry.writeUInt32LE(isFar ? MAX_32 : offset, 42);
    this.#recent.push(entry, name, ...(isFar ? [farOffset(offset)] : []));
    this.#count++;
    if (this.#count % ENTRIES_TOGETHER === 0) this.#parts.push(Buffer.concat(this.#recent.splice(0)));
  }

  /** The directory as it stands at the end of the archive, behind `offset` bytes. */
  parts(offset: number): Buffer[] {
    const entries = [...this.#parts, ...this.#recent];
    const length = entries.reduce((sum, part) => sum + part.length, 0);
    const isBig = this.#count >= MAX_16 || offset >= MAX_32 || length >= MAX_32;
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(Math.min(this.#count, MAX_16), 8);
    end.writeUInt16LE(Math.min(this.#count, MAX_16), 10);
    end.writeUInt32LE(Math.min(length, MAX_32), 12);
    end.writeUInt32LE(Math.min(offset, MAX_32), 16);
    return [...entries, ...(isBig ? [bigEnd(this.#count, length, offset)] : []), end];
  }
}

function farOffset(offset: number): Buffer {
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(offset), 4);
  return extra;
}

/** The end of a directory that the plain one has no room for, and where it stands. */
function bigEnd(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(MADE_ON_UNIX, 12);
  end.writeUInt16LE(VERSION, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + length), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
