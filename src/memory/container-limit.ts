import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the kernel shows control groups. */
export interface CgroupPlaces {
  readonly mount: string;
  /** Names the group of this process in each hierarchy. */
  readonly membership: string;
}

const SYSTEM: CgroupPlaces = { mount: '/sys/fs/cgroup', membership: '/proc/self/cgroup' };

/**
 * What the container of this process may use, in bytes: the smallest limit of its control group and those above
 * it (version 2 or 1) and of what the runtime reports; null where only the machine itself is the limit.
 */
export function containerLimitBytes(
  machineBytes: number,
  places = SYSTEM,
  reportedBytes = process.constrainedMemory(),
): number | null {
  const limits = [...cgroupLimits(places), reportedBytes].filter(
    // Without a limit, kernels and runtimes report nothing, zero or the largest number they know.
    (limit) => limit > 0 && limit <= machineBytes,
  );
  return limits.length === 0 ? null : Math.min(...limits);
}

function cgroupLimits({ mount, membership }: CgroupPlaces): number[] {
  return (readText(membership) ?? '')
    .split('\n')
    .flatMap((line) => limitFiles(mount, line))
    .map((file) => readText(file)?.trim() ?? '')
    .filter((text) => /^\d+$/.test(text))
    .map(Number);
}

/** The files that may hold a limit, for one line of `hierarchy:controllers:group`. */
function limitFiles(mount: string, line: string): string[] {
  const [, hierarchy, controllers, group] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
  if (group === undefined) return [];
  if (hierarchy === '0' && controllers === '')
    return withAncestors(group).map((path) => join(mount, path, 'memory.max'));
  if (controllers!.split(',').includes('memory'))
    return withAncestors(group).map((path) => join(mount, 'memory', path, 'memory.limit_in_bytes'));
  return [];
}

/** The path of a group may be the host's, unknown inside the container: its root is looked at in any case. */
function withAncestors(group: string): string[] {
  const path = join('/', group);
  return path === '/' ? ['/'] : [path, ...withAncestors(dirname(path))];
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
