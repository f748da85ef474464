import { getHeapSpaceStatistics, getHeapStatistics, type HeapSpaceInfo } from 'node:v8';
import type { HeapReading } from './memory-reading.js';

const MEBIBYTE = 1024 ** 2;
/** V8 keeps room for this many semi-spaces, of this size unless a flag names another. */
const SEMI_SPACES = 3;
const SEMI_SPACE_MEBIBYTES = 64;
/** Where a flag limits the whole heap, V8 keeps less than all those. */
const MOST_YOUNG_SHARE = 0.75;

/**
 * Reads V8's heap. The old generation is what runs full: with `--max-old-space-size=512` V8 names a heap limit of
 * 704 MiB, its young generation included, and ends the process at 512.
 */
export function readHeap(): HeapReading {
  const { heap_size_limit, total_physical_size } = getHeapStatistics();
  return {
    heapUsedBytes: oldUsedBytes(getHeapSpaceStatistics()),
    heapLimitBytes: oldLimitBytes(heap_size_limit, process.execArgv),
    heapResidentBytes: total_physical_size,
  };
}

function oldUsedBytes(spaces: readonly HeapSpaceInfo[]): number {
  return spaces
    .filter(({ space_name }) => !space_name.startsWith('new_'))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}

/** What the old generation may take, from what V8 says of the whole heap and from the flags of this process. */
export function oldLimitBytes(heapLimitBytes: number, flags: readonly string[]): number {
  const named = flags
    .map((flag) => /^--max[-_]semi[-_]space[-_]size=(\d+)$/.exec(flag)?.[1])
    .findLast(Boolean);
  const youngBytes = SEMI_SPACES * (named === undefined ? SEMI_SPACE_MEBIBYTES : Number(named)) * MEBIBYTE;
  return heapLimitBytes - Math.min(youngBytes, heapLimitBytes * MOST_YOUNG_SHARE);
}
