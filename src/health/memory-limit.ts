import { totalmem } from 'node:os';

/** The memory this process may use, in bytes; null where only the machine itself is the limit. */
export function memoryLimitBytes(
  constrainedBytes = process.constrainedMemory(),
  machineBytes = totalmem(),
): number | null {
  // Without a limit some kernels report the largest number they know, others nothing.
  return constrainedBytes > 0 && constrainedBytes <= machineBytes ? constrainedBytes : null;
}
