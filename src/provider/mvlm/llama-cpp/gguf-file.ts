import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { modelUnusable } from './llama.errors.js';

/** Magic, version, and the numbers of tensors and of metadata entries. */
const HEADER_BYTES = 24;
const MAGIC = 'GGUF';
const VERSIONS = [2, 3];
/** The least bytes that one entry of either list takes. */
const MIN_ENTRY_BYTES = 13;

/**
 * Throws `provider.model_unusable` for a file that is missing, too short, or no GGUF file, before anything native reads
 * it. Whether all its weights are there only loading tells.
 */
export async function checkGgufFile(path: string): Promise<void> {
  const name = basename(path);
  const { header, sizeBytes } = await readHeader(path, name);
  if (header.toString('latin1', 0, 4) !== MAGIC) throw modelUnusable(`${name} is not a GGUF file`);
  if (header.length < HEADER_BYTES) throw modelUnusable(`${name} is cut off after ${sizeBytes} bytes`);
  const version = header.readUInt32LE(4);
  if (!VERSIONS.includes(version))
    throw modelUnusable(
      `${name} is a GGUF file of version ${version}; versions ${VERSIONS.join(' and ')} are read`,
    );
  const entries = header.readBigUInt64LE(8) + header.readBigUInt64LE(16);
  if (entries * BigInt(MIN_ENTRY_BYTES) > BigInt(sizeBytes))
    throw modelUnusable(`${name} has ${sizeBytes} bytes, too few for what its header announces`);
}

async function readHeader(path: string, name: string) {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw modelUnusable(`${name} cannot be opened (${error.code})`, error);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw modelUnusable(`${name} is not a file`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return { header: buffer.subarray(0, bytesRead), sizeBytes: stat.size };
  } finally {
    await file.close();
  }
}
