import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { containerLimitBytes } from './container-limit.js';

const GIBIBYTE = 1024 ** 3;
const MACHINE = 16 * GIBIBYTE;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcg-cgroup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The limit that these files and this report come to. */
function limitWith(membership: string | null, files: Readonly<Record<string, string>>, reported = 0) {
  const places = { mount: join(folder, 'cgroup'), membership: join(folder, 'membership') };
  if (membership !== null) writeFileSync(places.membership, membership);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(places.mount, dirname(path)), { recursive: true });
    writeFileSync(join(places.mount, path), text);
  }
  return containerLimitBytes(MACHINE, places, reported);
}

describe('containerLimitBytes', () => {
  it.each<[string, string | null, Record<string, string>, number, number | null]>([
    ['version 2, at its root', '0::/\n', { 'memory.max': '1073741824\n' }, 0, GIBIBYTE],
    ['version 2, in its own group', '0::/a/b\n', { 'a/b/memory.max': `${GIBIBYTE}\n` }, 0, GIBIBYTE],
    [
      'version 2, in a group above that is tighter',
      '0::/a/b\n',
      { 'a/b/memory.max': `${3 * GIBIBYTE}`, 'a/memory.max': `${2 * GIBIBYTE}`, 'memory.max': 'max' },
      0,
      2 * GIBIBYTE,
    ],
    [
      'version 2, by a path of the host that is unknown inside',
      '0::/kubepods/pod1\n',
      { 'memory.max': `${GIBIBYTE}` },
      0,
      GIBIBYTE,
    ],
    [
      'version 1 among other controllers',
      '9:name=systemd:/x\n5:cpu,cpuacct:/x\n4:memory:/x\n0::/\n',
      {
        'memory/x/memory.limit_in_bytes': `${GIBIBYTE}\n`,
        'memory/memory.limit_in_bytes': '9223372036854771712\n',
      },
      0,
      GIBIBYTE,
    ],
    [
      'version 1 with a group of another controller, which is none of ours',
      '5:cpu:/x\n',
      { 'memory/x/memory.limit_in_bytes': `${GIBIBYTE}` },
      0,
      null,
    ],
    [
      'what the runtime reports, where it is tighter',
      '0::/\n',
      { 'memory.max': `${2 * GIBIBYTE}` },
      GIBIBYTE,
      GIBIBYTE,
    ],
    ['what the runtime reports, without files', null, {}, GIBIBYTE, GIBIBYTE],
    ['as much as the machine has', '0::/\n', { 'memory.max': `${MACHINE}` }, 0, MACHINE],
  ])('is found in %s', (_case, membership, files, reported, expected) => {
    expect(limitWith(membership, files, reported)).toBe(expected);
  });

  it.each<[string, string | null, Record<string, string>, number]>([
    ['"max"', '0::/\n', { 'memory.max': 'max\n' }, 0],
    ['more than the machine has', '0::/\n', { 'memory.max': `${MACHINE + 1}` }, 0],
    [
      'the largest number of version 1',
      '4:memory:/\n',
      { 'memory/memory.limit_in_bytes': '9223372036854771712' },
      0,
    ],
    ['the largest number of the runtime', null, {}, 2 ** 64],
    ['zero', '0::/\n', { 'memory.max': '0' }, 0],
    ['no number', '0::/\n', { 'memory.max': 'twelve' }, 0],
    ['an empty file', '0::/\n', { 'memory.max': '' }, 0],
    ['a membership that cannot be understood', 'nonsense\n\n0\n', { 'memory.max': `${GIBIBYTE}` }, 0],
  ])('is none for %s', (_case, membership, files, reported) => {
    expect(limitWith(membership, files, reported)).toBeNull();
  });

  it('never leaves its folder', () => {
    writeFileSync(join(folder, 'memory.max'), `${GIBIBYTE}`);
    expect(limitWith('0::/../../..\n', {})).toBeNull();
  });
});
