import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedField } from '../embedded-field.js';
import type { Scenario } from './scenario.js';

const DISK_MB = 256;
const FILLER = 'filler';
const ASKS = 30;
const REFUSALS = 5;
const MOST_ASKS = 300;

/** Fills the disk under an embedded database, asks on, makes room again, and asks what was refused once more. */
export const fillDisk: Scenario = async ({ name, random, say }) => {
  const startedMs = Date.now();
  const disk = mountDisk();
  if (disk === null) return { scenario: name, skipped: 'a small file system (tmpfs) cannot be mounted here' };
  const field = new EmbeddedField(disk, random);
  try {
    await field.open();
    for (let ask = 0; ask < ASKS; ask++) await field.ask(`before-${ask}`);
    fill(disk);
    let asked = 0;
    for (; asked < MOST_ASKS && field.refusals.size < REFUSALS; asked++) await field.ask(`full-${asked}`);
    say(`${asked} asked on a full disk: ${[...field.refusals.values()].join(', ')}`);
    rmSync(join(disk, FILLER));
    await field.askAgain();
    const verdict = await field.account(name, startedMs);
    const codes = [...new Set(field.refusals.values())].join(', ') || 'nothing';
    const notes = [
      `${asked} asked on a full disk (tmpfs, ${DISK_MB} MB), of which ${field.refusals.size} were refused (${codes})`,
      `process started again ${field.restarts} times`,
    ];
    return { ...verdict, notes: [...notes, ...verdict.notes] };
  } finally {
    await field.close();
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  }
};

/** Null where the system does not let us. */
function mountDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'mcg-chaos-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
}

function fill(disk: string): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, FILLER), Buffer.alloc(bavail * bsize, 1));
}
