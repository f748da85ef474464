import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const ENTRY = 'dist/src/cli.js';
/** Longer than any build takes. */
const BUILD_MS = 120_000;
const LOCK = join('node_modules', '.build-for-tests');

/** The built command line, built anew where a source is younger. Spec files that start together build once. */
export async function builtCommandLine(): Promise<string> {
  for (;;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      removeForgottenLock();
      await sleep(200);
    }
  }
  try {
    if (isStale()) await promisify(execFile)('npm', ['run', '--silent', 'build']);
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
  return join(process.cwd(), ENTRY);
}

/** A test run that was killed while it built leaves its lock. */
function removeForgottenLock(): void {
  const made = statSync(LOCK, { throwIfNoEntry: false });
  if (made && Date.now() - made.mtimeMs > BUILD_MS) rmSync(LOCK, { recursive: true, force: true });
}

function isStale(): boolean {
  if (!existsSync(ENTRY)) return true;
  const builtMs = statSync(ENTRY).mtimeMs;
  return ['src', 'migrations'].some((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).some(
      (entry) =>
        entry.isFile() &&
        !/\.(?:spec|fixture)\.ts$|\.md$/.test(entry.name) &&
        statSync(join(entry.parentPath, entry.name)).mtimeMs > builtMs,
    ),
  );
}
